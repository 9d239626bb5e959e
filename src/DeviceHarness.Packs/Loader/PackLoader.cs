using System.Text.RegularExpressions;
using DeviceHarness.Abstractions.Configuration;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Packs.Model;

namespace DeviceHarness.Packs.Loader;

/// <summary>Reads a pack and checks all of it before any of it runs.</summary>
public static partial class PackLoader
{
    /// <summary>The most cases that a pack may have.</summary>
    public const int MaximumCases = 5_000;

    /// <summary>The most steps that a case may have, and its clean-up for itself; each turn of a step with <c>times</c> counts, and each
    /// round of one that is repeated.</summary>
    public const int MaximumSteps = 500;

    /// <summary>The longest budget of a case or pack.</summary>
    public static readonly TimeSpan MaximumBudget = TimeSpan.FromDays(7);

    /// <summary>The words for the kind of a pack.</summary>
    public static IReadOnlyDictionary<string, PackKind> Kinds { get; } = new Dictionary<string, PackKind>(StringComparer.Ordinal)
    {
        ["smoke"] = PackKind.Smoke,
        ["srv"] = PackKind.Srv,
        ["migration"] = PackKind.Migration,
        ["srvt"] = PackKind.Srvt,
        ["regression"] = PackKind.Regression,
        ["eoc"] = PackKind.Eoc,
        ["security"] = PackKind.Security,
    };

    /// <summary>Reads a pack file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="ConfigurationException">The pack is wrong: file, line, column and key say where.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static async Task<TestPack> LoadFileAsync(string path, CancellationToken cancellationToken) =>
        Load(await File.ReadAllTextAsync(path, cancellationToken).ConfigureAwait(false), path);

    /// <summary>Reads the text of a pack.</summary>
    /// <param name="text">The YAML text.</param>
    /// <param name="file">The file's name, for messages.</param>
    /// <exception cref="ConfigurationException">The pack is wrong: file, line, column and key say where, for the first thing that is
    /// wrong; <see cref="Check"/> tells all.</exception>
    public static TestPack Load(string text, string file)
    {
        PackReading reading = Check(text, file);
        return reading.Pack ?? throw reading.Faults[0];
    }

    /// <summary>Reads the text of a pack, and tells everything that is wrong with it.</summary>
    /// <param name="text">The YAML text, with the packs that it includes: <see cref="PackBundle"/>.</param>
    /// <param name="file">The file's name, for messages.</param>
    public static PackReading Check(string text, string file)
    {
        FaultList faults = new();
        TestPack? pack = faults.Read(() => new PackReader(new PackBundle(text, file), faults).Read(text));
        return new PackReading(faults.IsEmpty ? pack : null, faults.InFileOrder(file));
    }

    /// <summary>Reads a name: lower-case letters, digits and hyphens, a letter first.</summary>
    internal static string ReadIdentifier(ConfigurationNode node)
    {
        string text = node.AsText();
        return IsIdentifier(text) ? text : throw node.Wrong($"'{text}'", "1 to 40 lower-case letters, digits and hyphens, a letter first");
    }

    /// <summary>Whether a text is a name: lower-case letters, digits and hyphens, a letter first.</summary>
    internal static bool IsIdentifier(string text) => IdentifierForm().IsMatch(text);

    [GeneratedRegex(@"\A[a-z][a-z0-9-]{0,39}\z", RegexOptions.CultureInvariant)]
    private static partial Regex IdentifierForm();
}
