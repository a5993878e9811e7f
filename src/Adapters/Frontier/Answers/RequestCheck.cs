using Microsoft.Extensions.AI;

namespace PersonalAi.Adapters.Frontier.Answers;

/// <summary>Refuses what must not, or cannot, go to a model elsewhere, before a request is made of it.</summary>
internal static class RequestCheck
{
    /// <summary>Lets through system, user and assistant messages of text, and no tools.</summary>
    /// <param name="messages">What shall be sent.</param>
    /// <param name="options">What the caller wants of the answer.</param>
    /// <param name="wishes">What is set for all answers, with it.</param>
    /// <param name="endpoint">Where it shall be sent.</param>
    /// <exception cref="ModelException">There is something else in it (<see cref="ModelError.Unsupported"/>).</exception>
    public static void Require(IReadOnlyList<ChatMessage> messages, ChatOptions? options, FrontierOptions wishes, FrontierEndpoint endpoint)
    {
        if (wishes.Temperature is not null && endpoint.Wire == FrontierWire.Anthropic)
        {
            throw Refuse($"'{endpoint.Name}' takes no temperature; leave it out.");
        }


        if (options is { Tools.Count: > 0 } or { ToolMode: not null and not AutoChatToolMode })
        {
            throw Refuse("Tools are not given to a model elsewhere; ask it without them.");
        }

        if (options is not null && (options.ResponseFormat is not (null or ChatResponseFormatText) || options.RawRepresentationFactory is not null))
        {
            throw Refuse("A model elsewhere is asked for text only; leave the format of the answer out.");
        }

        if (!messages.Any(message => message.Role == ChatRole.User))
        {
            throw Refuse("There is no question for the model elsewhere; add a message of the user.");
        }

        foreach (var message in messages)
        {
            if (message.Role != ChatRole.System && message.Role != ChatRole.User && message.Role != ChatRole.Assistant)
            {
                throw Refuse($"A message of the role '{message.Role}' is not sent to a model elsewhere; leave it out.");
            }

            if (message.Contents.FirstOrDefault(content => content is not TextContent) is { } other)
            {
                throw Refuse($"Only text is sent to a model elsewhere; leave the '{other.GetType().Name}' out.");
            }
        }
    }

    private static ModelException Refuse(string message) => new(ModelError.Unsupported, message);
}
