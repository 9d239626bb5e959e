namespace DeviceHarness.Assurance.Thresholds;

/// <summary>The agreed tolerances: how many open, counted Testing Issues of each severity an entry may have.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Origin">Who agreed it, and where that is written.</param>
/// <param name="Version">Its version, as its author counts it.</param>
/// <param name="Maxima">The most of severity 1, 2, 3, 4 and 5, each 0 or more; null where no number stands against an entry.</param>
/// <remarks>Spec: project guide to the DMCT process, sections 4 (20.28) and 5.1. The numbers of SVTAD clause 20.28 are not public: a set is
/// never called the SEC's by the harness, and its name and origin stand on every report.</remarks>
public sealed record ThresholdSet(string Name, string Origin, string Version, IReadOnlyList<int?> Maxima)
{
    /// <summary>The severities there are: 1 to 5.</summary>
    public const int Severities = 5;

    /// <summary>The longest name, origin or version, in characters.</summary>
    public const int MaximumText = 200;

    private const string ReservedName = "harness-default";

    /// <summary>The set in force until somebody sets another: this project's own choice.</summary>
    public static ThresholdSet Default { get; } = new(
        $"{ReservedName}-1", "chosen by this project; the numbers of SVTAD clause 20.28 are not public", "1", [0, 0, 3, null, null]);

    /// <summary>Whether it is <see cref="Default"/>.</summary>
    public bool IsDefault => Name == Default.Name;

    /// <summary>Name, version and origin, as they stand on every report.</summary>
    public string Title => $"{Name}, version {Version} (origin: {Origin})";

    /// <summary>The most of a severity; null when no number stands against an entry.</summary>
    /// <param name="severity">1 to 5.</param>
    public int? MaximumOf(int severity) => Maxima[severity - 1];

    /// <summary>Why it cannot be taken into use; empty when it can.</summary>
    public string WhyNot()
    {
        if (new[] { Name, Origin, Version }.Any(text => text.Length is 0 or > MaximumText))
        {
            return FormattableString.Invariant(
                $"a threshold set needs a name, an origin and a version, each of 1 to {MaximumText} characters");
        }

        if (Name.StartsWith(ReservedName, StringComparison.OrdinalIgnoreCase))
        {
            return $"names that begin with {ReservedName} are for what this project chose";
        }

        return Maxima.Count != Severities || Maxima.Any(maximum => maximum < 0)
            ? "a maximum is 0 or more, for each of the severities 1 to 5, or none"
            : string.Empty;
    }
}
