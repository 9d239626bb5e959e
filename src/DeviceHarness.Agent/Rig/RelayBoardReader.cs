using DeviceHarness.Abstractions.Configuration;
using DeviceHarness.Abstractions.Errors;

namespace DeviceHarness.Agent.Rig;

/// <summary>Reads the relay boards of a rig.</summary>
internal static class RelayBoardReader
{
    /// <summary>The highest channel of a board.</summary>
    internal const int MaximumChannel = 254;

    private const int UsualBaud = 9600;
    private const int MaximumAddress = 247;

    private static readonly Dictionary<string, RelayBoardKind> Kinds = new()
    {
        ["modbus"] = RelayBoardKind.Modbus,
        ["lcus"] = RelayBoardKind.Lcus,
    };

    private static readonly Dictionary<string, bool> Vias = new() { ["serial"] = false, [GpioLineReader.Virtual] = true };

    /// <summary>Reads them.</summary>
    /// <param name="node">The value of <c>boards</c>; null when the file has none.</param>
    /// <exception cref="ConfigurationException">A key is missing, unknown or wrong.</exception>
    internal static IReadOnlyList<RelayBoardSettings> Read(ConfigurationNode? node)
    {
        List<RelayBoardSettings> boards = [];
        foreach (string name in node?.Keys ?? [])
        {
            ConfigurationNode entry = node!.Require(name);
            RelayBoardKind kind = entry.Require("kind").AsOneOf(Kinds);
            bool isVirtual = entry.Require(GpioLineReader.Via).AsOneOf(Vias);
            boards.Add(new RelayBoardSettings(
                RigConfigurationReader.IsName(name)
                    ? name
                    : throw entry.Wrong($"'{name}'", "a board name of lower-case letters, digits and hyphens, at most 40"),
                kind,
                isVirtual ? string.Empty : entry.Require("port").AsText(),
                (int)(entry.Find("baud")?.AsInteger(300, 115_200) ?? UsualBaud),
                (int)(entry.Find("address")?.AsInteger(1, MaximumAddress) ?? 1)));
            entry.RejectOtherKeys();
        }

        return boards;
    }
}
