using DeviceHarness.Abstractions.Configuration;
using DeviceHarness.Virtual.Links.Optical;

namespace DeviceHarness.Virtual.Esme;

/// <summary>Reads the sign-on of a virtual device's optical port.</summary>
internal static class OpticalPortReader
{
    private const int FlagLetters = 3;
    private const int MaximumIdentificationCharacters = 14;
    private const int MaximumAddressCharacters = 32;

    private static readonly Dictionary<string, int> Rates = Enumerable.Range('0', 10)
        .Select(character => OpticalPortMessages.BaudOf((char)character))
        .ToDictionary(baud => baud.ToString(System.Globalization.CultureInfo.InvariantCulture));

    private static readonly Dictionary<string, OpticalPortFaults> FaultNames = new()
    {
        ["silent"] = OpticalPortFaults.Silent,
        ["no-confirmation"] = OpticalPortFaults.NoConfirmation,
        ["ignores-mode-e"] = OpticalPortFaults.IgnoresModeE,
        ["unknown-rate"] = OpticalPortFaults.UnknownRate,
        ["faster-than-asked"] = OpticalPortFaults.FasterThanAsked,
        ["stays-slow"] = OpticalPortFaults.StaysSlow,
        ["wrong-check"] = OpticalPortFaults.WrongCheck,
    };

    private static readonly Dictionary<string, bool> AfterDisc = new() { ["sign-on"] = false, ["hdlc"] = true };

    /// <summary>Reads the mapping <c>sign-on</c> of a link; null when there is none.</summary>
    /// <exception cref="Abstractions.Errors.ConfigurationException">It is wrong.</exception>
    public static OpticalPortOptions? Read(ConfigurationNode? node)
    {
        if (node is null)
        {
            return null;
        }

        OpticalPortOptions standard = new();
        OpticalPortOptions options = standard with
        {
            Flag = ReadFlag(node.Find("flag")) ?? standard.Flag,
            Identification = ReadText(node.Find("identification"), MaximumIdentificationCharacters) ?? standard.Identification,
            IsModeEAnnounced = node.Find("announces-mode-e")?.AsBoolean() ?? standard.IsModeEAnnounced,
            DeviceAddress = ReadText(node.Find("device-address"), MaximumAddressCharacters) ?? standard.DeviceAddress,
            InitialBaud = node.Find("initial-baud")?.AsOneOf(Rates) ?? standard.InitialBaud,
            OfferedBaud = node.Find("offered-baud")?.AsOneOf(Rates) ?? standard.OfferedBaud,
            ReactionTime = node.Find("reaction-time")?.AsDuration(TimeSpan.Zero, TimeSpan.FromMilliseconds(1500)) ?? standard.ReactionTime,
            SelectTimeout = node.Find("select-timeout")?.AsDuration(TimeSpan.Zero, TimeSpan.FromMinutes(10)) ?? standard.SelectTimeout,
            StaysInHdlc = node.Find("after-disc")?.AsOneOf(AfterDisc) ?? standard.StaysInHdlc,
            Faults = (node.Find("faults")?.Items() ?? [])
                .Aggregate(OpticalPortFaults.None, (faults, item) => faults | item.AsOneOf(FaultNames)),
        };
        node.RejectOtherKeys();
        return options;
    }

    private static string? ReadFlag(ConfigurationNode? node) =>
        node is null || (node.AsText().Length == FlagLetters && node.AsText().All(char.IsAsciiLetter))
            ? node?.AsText()
            : throw node.Wrong($"'{node.AsText()}'", "three letters");

    private static string? ReadText(ConfigurationNode? node, int maximum) =>
        node is null || (node.AsText().Length <= maximum
            && node.AsText().All(character => character is > ' ' and <= '~' and not ('/' or '!' or '\\')))
            ? node?.AsText()
            : throw node.Wrong($"'{node.AsText()}'", $"at most {maximum} printable ASCII characters without '/', '!' and '\\'");
}
