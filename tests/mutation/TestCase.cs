using System.Globalization;
using System.Reflection;
using Xunit;
using Xunit.Sdk;

namespace PatternAnalysis.Mutation;

/// <summary>A test with one row of its data.</summary>
/// <param name="Name">The class, the method and the number of the row, which name it in another process too.</param>
internal sealed record TestCase(string Name, MethodInfo Method, object?[] Arguments)
{
    private static readonly object?[][] s_oneWithoutData =
    [
        [],
    ];

    /// <summary>The tests of an assembly. What skips itself and what needs something that is shared between tests is left out.</summary>
    public static IEnumerable<TestCase> In(Assembly assembly)
    {
        foreach (
            var type in assembly.GetExportedTypes().Where(type => !type.IsAbstract).OrderBy(type => type.FullName, StringComparer.Ordinal)
        )
        {
            if (type.GetConstructor([]) == null)
                continue;

            foreach (var method in type.GetMethods().OrderBy(method => method.Name, StringComparer.Ordinal))
            {
                if (method.GetCustomAttribute<FactAttribute>() is not { Skip: null } fact)
                    continue;

                var row = 0;
                foreach (var arguments in fact is TheoryAttribute ? Rows(method) : s_oneWithoutData)
                    yield return new TestCase($"{type.FullName}.{method.Name}#{row++}", method, arguments);
            }
        }
    }

    /// <summary>Whether it passes with the code as it is at the moment.</summary>
    public bool Passes()
    {
        object? instance = null;
        return Ends(() =>
            {
                instance = Activator.CreateInstance(Method.DeclaringType!);
                (instance as IAsyncLifetime)?.InitializeAsync().GetAwaiter().GetResult();
                (Method.Invoke(instance, Arguments) as Task)?.GetAwaiter().GetResult();
            })
            & Ends(() =>
            {
                (instance as IAsyncLifetime)?.DisposeAsync().GetAwaiter().GetResult();
                (instance as IDisposable)?.Dispose();
            });
    }

    private static bool Ends(Action action)
    {
        try
        {
            action();
            return true;
        }
        catch (Exception)
        {
            return false;
        }
    }

    private static IEnumerable<object?[]> Rows(MethodInfo method)
    {
        var parameters = method.GetParameters();
        return from data in method.GetCustomAttributes<DataAttribute>()
            from given in data.GetData(method) ?? []
            // That is how a null alone is said.
            let row = given ?? [null]
            select Array.ConvertAll(parameters, parameter => Fitting(row, parameter));
    }

    private static object? Fitting(object?[] row, ParameterInfo parameter)
    {
        var type = parameter.ParameterType;
        if (
            parameter.IsDefined(typeof(ParamArrayAttribute))
            && !(row.Length > parameter.Position && type.IsInstanceOfType(row[parameter.Position]))
        )
        {
            var rest = row.Skip(parameter.Position).ToArray();
            var items = Array.CreateInstance(type.GetElementType()!, rest.Length);
            rest.CopyTo(items, 0);
            return items;
        }

        if (parameter.Position >= row.Length)
            return parameter.DefaultValue;
        var value = row[parameter.Position];
        var target = Nullable.GetUnderlyingType(type) ?? type;
        return value is IConvertible and not Enum && value.GetType() != target && (target.IsPrimitive || target == typeof(decimal))
            ? Convert.ChangeType(value, target, CultureInfo.InvariantCulture)
            : value;
    }
}
