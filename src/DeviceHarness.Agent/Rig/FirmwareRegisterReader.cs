using System.Globalization;
using System.Text.RegularExpressions;
using DeviceHarness.Abstractions.Configuration;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Duis.Firmware;

namespace DeviceHarness.Agent.Rig;

/// <summary>Reads and checks a firmware register whole.</summary>
public static partial class FirmwareRegisterReader
{
    private const string Day = "a day such as 2026-01-31";

    /// <summary>Reads a register.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ConfigurationException">The file is missing or wrong: line, column, key, what was found and what is
    /// allowed.</exception>
    public static FirmwareRegister Read(string path) => File.Exists(path)
        ? Parse(File.ReadAllText(path), path)
        : throw new ConfigurationException(
            "RIG-007", path, 0, 0, "file", "no such file", "a firmware register; 'harness firmware receive' begins one");

    /// <summary>Reads the text of a register.</summary>
    /// <param name="text">The YAML text.</param>
    /// <param name="file">The file, for messages.</param>
    /// <exception cref="ConfigurationException">The text is wrong.</exception>
    public static FirmwareRegister Parse(string text, string file)
    {
        ConfigurationNode root = ConfigurationNode.Parse(text, file);
        FirmwareRegister register = new()
        {
            Images = Rows(root.Find("images"), Image),
            Upgrades = Rows(root.Find("upgrades"), Upgrade),
            Dependencies = Rows(root.Find("dependencies"), Dependency),
            Baseline = root.Find("baseline") is { } baseline ? Baseline(baseline) : null,
        };
        root.RejectOtherKeys();
        return register.Images.GroupBy(image => image.Sha256).FirstOrDefault(group => group.Count() > 1) is { } twice
            ? throw root.Require("images").Wrong($"two records of {twice.Key}", "one record for each image")
            : register;
    }

    private static List<T> Rows<T>(ConfigurationNode? node, Func<ConfigurationNode, T> read)
    {
        List<T> rows = [];
        foreach (ConfigurationNode item in node?.Items() ?? [])
        {
            rows.Add(read(item));
            item.RejectOtherKeys();
        }

        return rows.Count <= FirmwareRegister.MaximumRows
            ? rows
            : throw node!.Wrong($"{rows.Count} rows", $"at most {FirmwareRegister.MaximumRows} rows");
    }

    private static FirmwareImageRecord Image(ConfigurationNode node) => new(
        Hash(node.Require("sha256")),
        node.Require("type").AsOneOf(RigConfigurationReader.DeviceTypes),
        node.Require("model").AsText(),
        node.Require("version").AsText(),
        node.Require("provider").AsText(),
        DayOf(node.Require("received")));

    private static FirmwareUpgradeStep Upgrade(ConfigurationNode node) => new(
        node.Require("type").AsOneOf(RigConfigurationReader.DeviceTypes),
        node.Require("model").AsText(),
        node.Require("from").AsText(),
        node.Require("to").AsText());

    private static FirmwareDependency Dependency(ConfigurationNode node) => new(
        node.Require("what").AsText(),
        node.Require("provider").AsText(),
        DayOf(node.Require("need-by")),
        node.Find("met") is { } met ? DayOf(met) : null);

    private static FirmwareBaseline Baseline(ConfigurationNode node)
    {
        FirmwareBaseline baseline = new(
            DayOf(node.Require("go-live")), (int)(node.Find("stable-months")?.AsInteger(1, 36) ?? FirmwareBaseline.UsualStableMonths));
        node.RejectOtherKeys();
        return baseline;
    }

    private static string Hash(ConfigurationNode node) => HashPattern().IsMatch(node.AsText())
        ? node.AsText().ToLowerInvariant()
        : throw node.Wrong($"'{node.AsText()}'", "the SHA-256 of the file: 64 hexadecimal digits");

    private static DateOnly DayOf(ConfigurationNode node) =>
        DateOnly.TryParseExact(node.AsText(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day)
            ? day
            : throw node.Wrong($"'{node.AsText()}'", Day);

    [GeneratedRegex(@"^[0-9A-Fa-f]{64}\z", RegexOptions.CultureInvariant)]
    private static partial Regex HashPattern();
}
