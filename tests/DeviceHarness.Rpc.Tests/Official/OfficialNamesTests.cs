using System.Reflection;
using FluentAssertions;
using Grpc.Core;
using Xunit;

namespace DeviceHarness.Rpc.Tests.Official;

/// <summary>Whatever stands in a namespace of the official packages has an official counterpart, so that those can replace it.</summary>
public sealed class OfficialNamesTests
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    // Generated from the protocols' own descriptions.
    private static readonly string[] GeneratedNamespaces = ["Grpc.Health.V1", "Grpc.Reflection.V1"];

    private static readonly Dictionary<string, HashSet<string>> Official = Read();

    public static TheoryData<string> PublicTypes => [.. OwnTypes().Select(type => type.FullName!)];

    [Theory]
    [MemberData(nameof(PublicTypes))]
    public void A_type_and_its_members_have_official_names(string name)
    {
        Type type = typeof(Status).Assembly.GetType(name, throwOnError: true)!;

        Official.Should().ContainKey(name);
        MembersOf(type).Should().BeSubsetOf(Official[name]);
    }

    [Fact]
    public void The_list_names_only_types_that_are_here() =>
        Official.Keys.Should().BeSubsetOf(OwnTypes().Select(type => type.FullName));

    [Fact]
    public void A_name_that_is_not_on_the_list_would_be_found() =>
        MembersOf(typeof(OfficialNamesTests)).Should().Contain(nameof(PublicTypes)).And.NotContain(nameof(Official));

    private static IEnumerable<Type> OwnTypes() => typeof(Status).Assembly.GetTypes()
        .Where(type => type.IsPublic || type.IsNestedPublic || type.IsNestedFamily || type.IsNestedFamORAssem)
        .Where(type => !type.Namespace!.StartsWith("DeviceHarness.", StringComparison.Ordinal))
        .Where(type => !GeneratedNamespaces.Contains(type.Namespace));

    private static IEnumerable<string> MembersOf(Type type) => typeof(Delegate).IsAssignableFrom(type)
        ? []
        : type.GetMembers(Declared).Where(IsVisible).Where(member => !IsOfObject(member)).Select(member => member.Name).Distinct();

    private static bool IsVisible(MemberInfo member) => member switch
    {
        ConstructorInfo => false,
        // An operator is as much a promise as a method; the special names of properties and events are told by those themselves.
        MethodInfo method => (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal)) && IsVisible(method),
        PropertyInfo property => property.GetAccessors(nonPublic: true).Any(IsVisible),
        FieldInfo field => !field.IsSpecialName && (field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly),
        _ => false,
    };

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static bool IsOfObject(MemberInfo member) =>
        member is MethodInfo method && method.GetBaseDefinition().DeclaringType == typeof(object);

    private static Dictionary<string, HashSet<string>> Read()
    {
        string path = Path.Combine(AppContext.BaseDirectory, "Official", "official-names.txt");
        return File.ReadLines(path)
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split(':'))
            .ToDictionary(
                parts => parts[0],
                parts => parts[1].Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal),
                StringComparer.Ordinal);
    }
}
