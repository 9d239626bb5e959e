using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace DeviceHarness.Packs.Requirements;

/// <summary>The requirements that concern meters, cycles and packs, and what shows those that a case has to show.</summary>
public static class RequirementRegister
{
    private static readonly Lazy<IReadOnlyList<Requirement>> Rows = new(() => Read<Requirement>("requirements.json"));
    // A row that leaves something out is an error where it is read, not where somebody asks for what is missing.
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerOptions.Web)
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    private static readonly Lazy<IReadOnlyList<RequirementProof>> Shown = new(() => Read<RequirementProof>("proofs.json"));

    /// <summary>The requirements, by number.</summary>
    public static IReadOnlyList<Requirement> Requirements => Rows.Value;

    /// <summary>What shows each requirement that wants a case, by number.</summary>
    public static IReadOnlyList<RequirementProof> Proofs => Shown.Value;

    /// <summary>The requirements that a case shows, or helps to show.</summary>
    /// <param name="pack">The pack's name.</param>
    /// <param name="testCase">The case.</param>
    public static IEnumerable<int> ShownBy(string pack, Model.TestCase testCase)
    {
        ArgumentNullException.ThrowIfNull(testCase);
        return Proofs.Where(proof => proof.Cases.Any(name => name.Split(' ') is [var inPack, var id]
                && inPack == pack && testCase.IsCalled(id)))
            .Select(proof => proof.Item);
    }

    private static T[] Read<T>(string name)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)
            ?? throw new UnreachableException($"the resource {name} is embedded");
        return JsonSerializer.Deserialize<T[]>(stream, Strict)!;
    }
}
