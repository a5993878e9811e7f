using PersonalAi.Adapters.Models;

namespace PersonalAi.Assistant.Terminal;

/// <summary>What a person sees who has no session yet.</summary>
internal static class Welcome
{
    public static void Write(ChatFace face)
    {
        face.Say("Welcome to pai, your assistant on this machine. What you write here stays here.");
        if (face.Chat.Options.Model.Name == BundledModel.Starter.Name)
        {
            face.Say("The starter model is small and squeezed to 2 bits: it shows how everything works, and is often wrong.");
            face.Say("For real use give it a better one: pai --model ~/models/llama-2-13b-chat.Q4_K_M.gguf");
        }

        face.Say("");
    }
}
