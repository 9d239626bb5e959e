using System.Reflection;
using System.Runtime.CompilerServices;

namespace DeviceHarness.Repo.Tests.Rules;

/// <summary>The members of an assembly that other projects can see, one a line.</summary>
internal static class PublicMembers
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static IReadOnlyList<string> Of(Assembly assembly) =>
        [.. assembly.GetExportedTypes().SelectMany(Lines).Distinct().Order(StringComparer.Ordinal)];

    private static IEnumerable<string> Lines(Type type)
    {
        string[] bases = [.. new[] { type.BaseType }.Concat(type.GetInterfaces())
            .OfType<Type>().Where(one => one != typeof(object) && one != typeof(ValueType)).Select(Name).Order(StringComparer.Ordinal)];
        yield return $"{Kind(type)} {Name(type)}{(bases.Length > 0 ? " : " : string.Empty)}{string.Join(", ", bases)}";
        foreach (MemberInfo member in type.GetMembers(Declared).Where(IsVisible))
        {
            yield return $"{Name(type)}.{Signature(member)}";
        }
    }

    private static bool IsVisible(MemberInfo member) => member switch
    {
        MethodBase method =>
            (method.IsPublic || method.IsFamily) && !IsAccessor(method) && !method.IsDefined(typeof(CompilerGeneratedAttribute)),
        FieldInfo field => (field.IsPublic || field.IsFamily) && !field.IsSpecialName,
        PropertyInfo property => property.GetAccessors().Length > 0,
        _ => false,
    };

    private static bool IsAccessor(MethodBase method) => method.IsSpecialName && !method.IsConstructor;

    private static string Signature(MemberInfo member) => member switch
    {
        ConstructorInfo constructor => $"ctor({Parameters(constructor)})",
        MethodInfo method => $"{method.Name}{Generics(method)}({Parameters(method)}) -> {Name(method.ReturnType)}",
        FieldInfo { IsLiteral: true } field => $"{field.Name} = {field.GetRawConstantValue()}",
        FieldInfo field => $"{field.Name}: {Name(field.FieldType)}",
        PropertyInfo property => $"{property.Name}: {Name(property.PropertyType)}{Accessors(property)}",
        _ => member.Name,
    };

    private static string Kind(Type type) => type switch
    {
        { IsInterface: true } => "interface",
        { IsEnum: true } => "enum",
        { IsValueType: true } => "struct",
        { IsAbstract: true, IsSealed: true } => "static class",
        { IsAbstract: true } => "abstract class",
        { IsSealed: true } => "sealed class",
        _ => "class",
    };

    private static string Accessors(PropertyInfo property)
    {
        bool isInit = property.SetMethod?.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ?? false;
        string set = property.SetMethod is not { IsPublic: true } ? string.Empty : isInit ? " init;" : " set;";
        return $" {{{(property.GetMethod is { IsPublic: true } ? " get;" : string.Empty)}{set} }}";
    }

    private static string Generics(MethodInfo method) =>
        method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(Name))}>" : string.Empty;

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo one) =>
        $"{Name(one.ParameterType)} {one.Name}{(one.HasDefaultValue ? " = default" : string.Empty)}";

    private static string Name(Type type)
    {
        if (type.IsByRef)
        {
            return $"ref {Name(type.GetElementType()!)}";
        }

        if (!type.IsGenericType)
        {
            return !type.IsGenericParameter && (type.Namespace?.StartsWith("DeviceHarness", StringComparison.Ordinal) ?? false)
                ? type.FullName!["DeviceHarness.".Length..]
                : type.Name;
        }

        return $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>";
    }
}
