using PersonalAi.Adapters.Llama.Tuning;
using PersonalAi.Assistant.Terminal;

namespace PersonalAi.Assistant.Cli.Models;

/// <summary>How a model runs fastest here, as JSON has it.</summary>
internal sealed record TunedChoiceJson(bool FlashAttention, string KvType, bool Repack)
{
    public static TunedChoiceJson? Of(TunedChoice? choice) =>
        choice is null ? null : new TunedChoiceJson(choice.FlashAttention, TuningText.Of(choice.KeyValueType), choice.Repack);
}
