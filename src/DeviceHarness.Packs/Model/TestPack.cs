using System.Security.Cryptography;
using System.Text;

namespace DeviceHarness.Packs.Model;

/// <summary>A test pack as it was read and checked: it never changes afterwards.</summary>
public sealed class TestPack
{
    private const int NamedCases = 20;

    /// <summary>The pack's name, such as <c>dmct-smoke</c>: lower-case letters, digits and hyphens.</summary>
    public required string Name { get; init; }

    /// <summary>One line that says what the pack is.</summary>
    public required string Title { get; init; }

    /// <summary>The pack's version, as its author counts it.</summary>
    public required string Version { get; init; }

    /// <summary>What the pack shows, and what it does not.</summary>
    public required string Purpose { get; init; }

    /// <summary>The part of the test process that the pack serves.</summary>
    public required PackKind Kind { get; init; }

    /// <summary>Who answers for the pack.</summary>
    public required string Owner { get; init; }

    /// <summary>How long the whole pack may take.</summary>
    public required TimeSpan Budget { get; init; }

    /// <summary>The device roles that the pack's cases use, in file order.</summary>
    public required IReadOnlyList<DeviceNeed> Needs { get; init; }

    /// <summary>The cases, in the order in which they run; their ids are unique.</summary>
    public required IReadOnlyList<TestCase> Cases { get; init; }

    /// <summary>The values that whoever runs the pack may choose, in file order.</summary>
    public IReadOnlyList<PackParameter> Parameters { get; init; } = [];

    /// <summary>The packs whose cases this one takes in, in order.</summary>
    public IReadOnlyList<IncludedPack> Includes { get; init; } = [];

    /// <summary>What the pack says of its own size.</summary>
    public PackDeclaration Declared { get; init; } = PackDeclaration.None;

    /// <summary>The YAML text that the pack was read from: with the packs that it includes and the values that were given, so that it needs
    /// no other file.</summary>
    public required string Text { get; init; }

    /// <summary>The SHA-256 of <see cref="Text"/> in UTF-8, lower-case hexadecimal: the identity of a frozen pack.</summary>
    public required string Hash { get; init; }

    /// <summary>Finds a case by its id.</summary>
    /// <returns>The case, or null when the pack has none of that id.</returns>
    public TestCase? Find(string caseId) => Cases.FirstOrDefault(candidate => candidate.Id == caseId);

    /// <summary>The cases that some ids mean, in pack order; all cases when there are none. The id that the pack writes for a case of each
    /// row means all of those.</summary>
    /// <param name="ids">The ids.</param>
    /// <param name="unknown">The first that means no case; null when each means one.</param>
    public IReadOnlyList<TestCase> Select(IReadOnlyCollection<string> ids, out string? unknown)
    {
        ArgumentNullException.ThrowIfNull(ids);
        unknown = ids.FirstOrDefault(id => !Cases.Any(testCase => testCase.IsCalled(id)));
        return ids.Count == 0 ? Cases : [.. Cases.Where(testCase => ids.Any(testCase.IsCalled))];
    }

    /// <summary>What to tell somebody who asked for a case that the pack has not.</summary>
    /// <param name="unknown">The id.</param>
    public string WithoutCase(string unknown)
    {
        string has = Cases.Count <= NamedCases
            ? $"it has {string.Join(", ", Cases.Select(testCase => testCase.Id))}"
            : $"'harness pack show {Name}' lists its {Cases.Count}";
        bool isList = unknown.Contains(',', StringComparison.Ordinal);
        return $"the pack {Name} has no case '{unknown}'; {has}{(isList ? "; ids are separated by blanks" : string.Empty)}";
    }

    /// <summary>The ids of the cases that have one of some tags, in pack order.</summary>
    /// <param name="tags">The tags.</param>
    /// <param name="unknown">The first that no case has; null when each is one of a case.</param>
    public IReadOnlyList<string> Tagged(IReadOnlyCollection<string> tags, out string? unknown)
    {
        ArgumentNullException.ThrowIfNull(tags);
        unknown = tags.FirstOrDefault(tag => !Cases.Any(testCase => testCase.Tags.Contains(tag)));
        return [.. Cases.Where(testCase => testCase.Tags.Any(tags.Contains)).Select(testCase => testCase.Id)];
    }

    /// <summary>The SHA-256 of a pack's text in UTF-8, lower-case hexadecimal.</summary>
    public static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}

/// <summary>The part of the test process that a pack serves.</summary>
public enum PackKind
{
    /// <summary>A first look at a bench: counts for nothing.</summary>
    Smoke,

    /// <summary>Device Model Combination testing of Service Requests.</summary>
    Srv,

    /// <summary>Device Model Combination testing of migration.</summary>
    Migration,

    /// <summary>Service Request Variant Testing.</summary>
    Srvt,

    /// <summary>Regression cycles for the Eligible Product Combinations List.</summary>
    Regression,

    /// <summary>End of Cycle: all cases in two complete cycles.</summary>
    Eoc,

    /// <summary>What devices and the service have to refuse.</summary>
    Security,
}

/// <summary>A device that a pack needs, under the role that its cases call it by.</summary>
/// <remarks>A role that names its device binds to that device of the rig. A role that names only a type binds to the first device of that
/// type, in the order of the rig file, that no other role of the pack names and about which the rig file states the facts; where it states
/// them about none, to the first at all.</remarks>
/// <param name="Role">The role, such as <c>esme</c>.</param>
/// <param name="DeviceType">The DUIS device type that fits, such as <c>ESME</c>.</param>
/// <param name="Device">The name of the device in the rig file; null when any device of the type will do.</param>
/// <param name="Facts">What the rig file has to state about the device, such as <c>import-reading-wh</c>; a case that uses a fact which is
/// not
/// stated is Blocked.</param>
public sealed record DeviceNeed(string Role, string DeviceType, string? Device, IReadOnlyList<string> Facts);
