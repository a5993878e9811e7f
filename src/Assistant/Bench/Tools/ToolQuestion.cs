using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace PersonalAi.Assistant.Bench.Tools;

/// <summary>A question, the functions that are offered for it, and the calls that are right.</summary>
/// <param name="Id">Its name in the file.</param>
/// <param name="Category">What kind of question it is.</param>
/// <param name="Messages">What is asked.</param>
/// <param name="Functions">What is offered.</param>
/// <param name="Expected">The calls, each with every value that is right; empty where nothing must be called.</param>
internal sealed record ToolQuestion(
    string Id, string Category, ImmutableArray<ChatMessage> Messages, ImmutableArray<BfclFunction> Functions, ImmutableArray<ExpectedCall> Expected);

/// <summary>A call that is right.</summary>
/// <param name="Name">The function.</param>
/// <param name="Arguments">For each parameter the list of values that are right; an empty string in it says that it may be left out.</param>
internal sealed record ExpectedCall(string Name, ImmutableDictionary<string, JsonElement> Arguments);
