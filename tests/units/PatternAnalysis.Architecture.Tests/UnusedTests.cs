using Mono.Cecil;
using PatternAnalysis.Architecture.Tests.Support;

namespace PatternAnalysis.Architecture.Tests;

/// <summary>
/// The build finds private members that nothing uses; here are the others. What PowerShell, JSON or a page calls by its name is a property,
/// a constructor or a cmdlet's override, and is not looked at, nor are constants, which leave no trace in the compiled code.
/// </summary>
public sealed class UnusedTests
{
    private static readonly string[] s_assemblies =
    [
        "PatternAnalysis",
        "PatternAnalysis.Application",
        "PatternAnalysis.Delivery",
        "PatternAnalysis.Module",
        "PatternAnalysis.Panel",
        "PatternAnalysis.Scheduling",
        "PatternAnalysis.Storage",
        "pattern-analysis",
    ];

    [Fact]
    public void No_method_of_the_product_is_called_by_nobody_or_by_tests_alone()
    {
        var types = s_assemblies
            .Select(name => ModuleDefinition.ReadModule(Path.Combine(AppContext.BaseDirectory, $"{name}.dll")))
            .SelectMany(module => module.GetTypes())
            .ToList();
        var script = File.ReadAllText(Path.Combine(Sources.Root, "module/PatternAnalysis.psm1"));
        var called = types
            .SelectMany(type => type.Methods)
            .Where(method => method.HasBody)
            .SelectMany(Calls)
            .ToHashSet(StringComparer.Ordinal);

        var unused =
            from type in types
            where !IsMade(type)
            from method in type.Methods
            where IsOrdinary(method) && !ImplementsAnInterface(type, method)
            where !called.Contains(NameOf(method))
            where !script.Contains($"::{method.Name}(", StringComparison.Ordinal)
            select NameOf(method);

        var text = string.Join('\n', unused);
        Assert.True(text.Length == 0, text);
    }

    // What it calls but itself, and its texts: a type finds some method of its own by the name.
    private static IEnumerable<string> Calls(MethodDefinition method)
    {
        foreach (var instruction in method.Body.Instructions)
            if (instruction.Operand is MethodReference called && called.GetElementMethod().FullName != method.FullName)
                yield return NameOf(called);
            else if (instruction.Operand is string text)
                yield return $"{Outermost(method.DeclaringType).FullName}.{text}";
    }

    private static TypeDefinition Outermost(TypeDefinition type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    // Overloads count as one: what a call of a generic method names is not resolved further.
    private static string NameOf(MethodReference method) => $"{method.DeclaringType.GetElementType().FullName}.{method.Name}";

    private static bool IsOrdinary(MethodDefinition method) =>
        (method.HasBody || method.DeclaringType.IsInterface)
        && !method.IsConstructor
        && !method.IsSpecialName
        && method.DeclaringType.Name != "_Imports"
        && !IsMade(method)
        && (!method.IsVirtual || method.IsNewSlot)
        && method.Module.EntryPoint?.MetadataToken != method.MetadataToken;

    private static bool IsMade(ICustomAttributeProvider member) =>
        member is MemberReference { Name: var name } && (name.Contains('<') || name.Contains('$'))
        || member.CustomAttributes.Any(attribute =>
            attribute.AttributeType.Name is "CompilerGeneratedAttribute" or "GeneratedCodeAttribute"
        );

    private static bool ImplementsAnInterface(TypeDefinition type, MethodDefinition method) =>
        method.IsVirtual && !type.IsInterface && type.Interfaces.Count > 0;
}
