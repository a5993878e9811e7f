using System.ComponentModel;
using PersonalAi.Tools.Sandbox;

namespace PersonalAi.Tools.BuiltIn;

/// <summary>Runs a Lua script that reaches nothing of this machine.</summary>
internal static class RunScriptTool
{
    /// <summary>The tool.</summary>
    /// <param name="time">Measures how long a script runs.</param>
    public static Tool Create(TimeProvider time)
    {
        var sandbox = new LuaSandbox(new ScriptLimits(), time);
        return new Tool(ToolFunction.Create("run_script", "Runs a Lua script for calculations with loops, lists or text; it sees no files.", RunAsync), ToolRisk.ReadsLocal, ToolTrust.Own)
        {
            Examples = ["run this Lua script", "write and run a program that finds the primes below 100", "sort this list of words by length", "simulate rolling two dice", "count the letters of this text"],
        };

        async Task<string> RunAsync([Description("Lua code; print or return the result")] string code, CancellationToken cancellationToken)
        {
            var output = await sandbox.RunAsync(code, cancellationToken);
            return output.Length > 0 ? output : "The script ended, but printed and returned nothing: use print or return to see a result.";
        }
    }
}
