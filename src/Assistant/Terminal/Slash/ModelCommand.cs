using PersonalAi.Adapters.Models;

namespace PersonalAi.Assistant.Terminal.Slash;

/// <summary>Changes the model.</summary>
internal sealed class ModelCommand(ModelStore models) : SlashCommand("model", "[NAME|FILE]", "List the models, or have another one answer")
{
    public override async Task RunAsync(ChatFace face, string argument, CancellationToken cancellationToken = default)
    {
        if (argument.Length > 0)
        {
            await face.Chat.UseModelAsync(argument, cancellationToken);
            face.Say($"{(await face.Chat.ModelAsync(cancellationToken)).Name} answers from now on.");
            return;
        }

        var current = (await face.Chat.ModelAsync(cancellationToken)).Name;
        foreach (var model in models.List())
        {
            face.Say($"{(model.Id == current ? "*" : " ")} {model.Id}  {Quantity.Bytes(model.Bytes)}");
        }
    }
}
