using System.Text.Json;
namespace PersonalAi.Adapters.Llama.Grammar;
/// <summary>x</summary>
public static class JsonSchemaGrammar { /// <summary>x</summary>
public static string Compile(JsonElement schema) => AnyJson; /// <summary>x</summary>
public static string AnyJson => "root ::= \"{}\""; }
