using System.Reflection;
using PersonalAi.Assistant.Routing;
using Xunit;

namespace PersonalAi.Tests.Assistant.Routing;

/// <summary>What decides on routes can reach no model, no vector and no network: it has nothing to reach them with.</summary>
public sealed class RoutingStaysHereTests
{
    private const BindingFlags Any = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly string[] Forbidden =
    [
        "System.Net", "System.IO.Pipes", "System.Diagnostics.Process", "Microsoft.Extensions.AI", "PersonalAi.Adapters", "PersonalAi.Tools",
        "PersonalAi.Assistant.Privacy", "PersonalAi.Assistant.Frontier", "PersonalAi.Assistant.Escalation", "PersonalAi.Assistant.Chat", "PersonalAi.Assistant.Composition",
    ];

    [Fact]
    public void Routing_uses_nothing_that_leaves_or_asks_a_model()
    {
        var used = typeof(Router).Assembly.GetTypes()
            .Where(type => type.Namespace == typeof(Router).Namespace)
            .SelectMany(type => UsedBy(type).Select(used => (User: type.Name, Used: used.FullName ?? used.Name)))
            .ToList();

        Assert.Contains(("Router", typeof(RouteSignals).FullName!), used);
        Assert.Empty(used.Where(use => Forbidden.Any(name => use.Used.StartsWith(name, StringComparison.Ordinal))).Distinct());
    }

    private static IEnumerable<Type> UsedBy(Type type) =>
    [
        .. type.GetFields(Any).Select(field => field.FieldType),
        .. type.GetMethods(Any).Cast<MethodBase>().Concat(type.GetConstructors(Any)).SelectMany(UsedBy),
    ];

    private static IEnumerable<Type> UsedBy(MethodBase method)
    {
        var code = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        var called = Enumerable.Range(0, Math.Max(0, code.Length - 4)).Where(at => code[at] is 0x28 or 0x6F or 0x73).Select(at => Called(method, BitConverter.ToInt32(code, at + 1)));
        return method.GetParameters().Select(parameter => parameter.ParameterType)
            .Concat(method.GetMethodBody()?.LocalVariables.Select(local => local.LocalType) ?? [])
            .Concat(called.OfType<Type>());
    }

    // Where four bytes are no token of a method, an instruction only looks like a call.
    private static Type? Called(MethodBase caller, int token)
    {
        try
        {
            var arguments = caller.DeclaringType!.IsGenericType ? caller.DeclaringType.GetGenericArguments() : null;
            return caller.Module.ResolveMethod(token, arguments, caller.IsGenericMethod ? caller.GetGenericArguments() : null)?.DeclaringType;
        }
        catch (Exception e) when (e is ArgumentException or BadImageFormatException or MissingMethodException)
        {
            return null;
        }
    }
}
