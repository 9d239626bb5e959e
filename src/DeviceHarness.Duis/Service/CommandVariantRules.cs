using System.Collections.Frozen;
using DeviceHarness.Duis.Catalogue;

namespace DeviceHarness.Duis.Service;

/// <summary>Which command variants a request may have, and which service takes which variant: data with a name that reports
/// print.</summary>
public sealed record CommandVariantRules
{
    /// <summary>The name of the rules.</summary>
    public required string Name { get; init; }

    /// <summary>The variants by criticality; null to take those of the catalogue.</summary>
    public IReadOnlyDictionary<SrvCriticality, IReadOnlyList<int>>? ByCriticality { get; init; }

    /// <summary>Variants that single requests have beside those.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<int>> Additional { get; init; } = FrozenDictionary<string, IReadOnlyList<int>>.Empty;

    /// <summary>The variants whose body is a signed pre-command; all others carry the request's own body.</summary>
    public IReadOnlyList<int> SignedPreCommandVariants { get; init; } = [];

    /// <summary>The services that take a variant.</summary>
    public required IReadOnlyDictionary<int, IReadOnlyList<ServicePath>> Paths { get; init; }

    /// <summary>The matrix of SMETS2 and later: the catalogue's variants.</summary>
    /// <remarks>Spec: DUIS XML schema 5.1, CommandVariant: 1, 3, 5, 7 go to Send Command, 4 to Transform, 2, 6, 8 to Non-Device; 9 is
    /// internal to the
    /// service and no User's.</remarks>
    public static CommandVariantRules Matrix { get; } = new()
    {
        Name = "matrix",
        SignedPreCommandVariants = [5, 6, 7],
        Paths = new Dictionary<int, IReadOnlyList<ServicePath>>
        {
            [1] = [ServicePath.SendCommand],
            [2] = [ServicePath.NonDevice],
            [3] = [ServicePath.SendCommand],
            [4] = [ServicePath.Transform],
            [5] = [ServicePath.SendCommand],
            [6] = [ServicePath.NonDevice],
            [7] = [ServicePath.SendCommand],
            [8] = [ServicePath.NonDevice],
        }.ToFrozenDictionary(),
    };

    /// <summary>An assumption for SMETS1: non-critical 1, and 2 for 2.2; critical 4, 5 or 9, with the request's own body and run at once,
    /// since no
    /// pre-command exists; non-device 8. Variants 4 and 9 are taken at Send Command, 4 at Transform too.</summary>
    /// <remarks>The SMETS1 clause of DUIS was not reached. The schema's own comment calls 9 internal to the service: to be decided by the
    /// text in
    /// force, which is why the rules are data.</remarks>
    public static CommandVariantRules Smets1Assumed { get; } = new()
    {
        Name = "smets1-cv-assumed",
        ByCriticality = new Dictionary<SrvCriticality, IReadOnlyList<int>>
        {
            [SrvCriticality.NonCritical] = [1],
            [SrvCriticality.Critical] = [4, 5, 9],
            [SrvCriticality.NonDevice] = [8],
        }.ToFrozenDictionary(),
        Additional = new Dictionary<string, IReadOnlyList<int>> { ["2.2"] = [2] }.ToFrozenDictionary(),
        Paths = new Dictionary<int, IReadOnlyList<ServicePath>>
        {
            [1] = [ServicePath.SendCommand],
            [2] = [ServicePath.NonDevice],
            [4] = [ServicePath.SendCommand, ServicePath.Transform],
            [5] = [ServicePath.SendCommand],
            [8] = [ServicePath.NonDevice],
            [9] = [ServicePath.SendCommand],
        }.ToFrozenDictionary(),
    };

    /// <summary>The variants of a request, in rising order.</summary>
    public IReadOnlyList<int> VariantsOf(SrvEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        IEnumerable<int> usual = ByCriticality is null ? entry.CommandVariants : ByCriticality.GetValueOrDefault(entry.Criticality, []);
        return [.. usual.Concat(Additional.GetValueOrDefault(entry.Srv, [])).Distinct().Order()];
    }

    /// <summary>Whether a service takes a variant. A variant without a row is taken nowhere in particular, so that only its own check
    /// refuses it.</summary>
    public bool Takes(ServicePath path, int commandVariant) =>
        !Paths.TryGetValue(commandVariant, out IReadOnlyList<ServicePath>? paths) || paths.Contains(path);

    /// <summary>The service that a User would post a variant to.</summary>
    public ServicePath PathFor(int commandVariant) =>
        Paths.TryGetValue(commandVariant, out IReadOnlyList<ServicePath>? paths) ? paths[0] : ServicePath.SendCommand;
}
