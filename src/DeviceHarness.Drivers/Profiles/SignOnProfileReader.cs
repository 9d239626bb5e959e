using DeviceHarness.Abstractions.Configuration;
using DeviceHarness.Codecs.Iec62056;
using DeviceHarness.Drivers.Links.SignOn;

namespace DeviceHarness.Drivers.Profiles;

/// <summary>Reads how a device model is signed on to by IEC 62056-21.</summary>
internal static class SignOnProfileReader
{
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    private static readonly Dictionary<string, bool> AfterDisc = new() { ["sign-on"] = false, ["hdlc"] = true };

    private static readonly Dictionary<string, bool> Rates = new() { ["agreed"] = false, ["fixed"] = true };

    /// <summary>Reads the mapping <c>sign-on</c> of a link; what it leaves out is as the standard has it.</summary>
    /// <exception cref="Abstractions.Errors.ConfigurationException">It is wrong.</exception>
    public static SignOnProfile Read(ConfigurationNode? node)
    {
        SignOnSettings standard = new();
        if (node is null)
        {
            return new SignOnProfile(standard, IsRateFixed: false);
        }

        SignOnSettings settings = new()
        {
            DeviceAddress = ReadAddress(node.Find("device-address")),
            InitialBaud = (int)(node.Find("initial-baud")?.AsInteger(
                SignOnSettings.MinimumBaud, SignOnSettings.MaximumSelectableBaud) ?? standard.InitialBaud),
            ResponseTimeout = node.Find("response-timeout")?.AsDuration(ShortestWait, LongestWait) ?? standard.ResponseTimeout,
            InterCharacterTimeout =
                node.Find("inter-character-timeout")?.AsDuration(ShortestWait, LongestWait) ?? standard.InterCharacterTimeout,
            Tries = (int)(node.Find("tries")?.AsInteger(1, SignOnSettings.MaximumTries) ?? standard.Tries),
            RetryBreak = node.Find("retry-break")?.AsDuration(TimeSpan.Zero, LongestWait) ?? standard.RetryBreak,
            SwitchPause = node.Find("switch-pause")?.AsDuration(TimeSpan.Zero, LongestWait) ?? standard.SwitchPause,
            StaysInHdlc = node.Find("after-disc")?.AsOneOf(AfterDisc) ?? standard.StaysInHdlc,
        };
        bool isRateFixed = node.Find("rate")?.AsOneOf(Rates) ?? false;
        node.RejectOtherKeys();
        return new SignOnProfile(settings, isRateFixed);
    }

    private static string ReadAddress(ConfigurationNode? node)
    {
        string address = node?.AsText() ?? string.Empty;
        bool isAddress = address.Length <= RequestMessage.MaximumAddressOctets
            && address.All(character => character is >= ' ' and <= '~' and not '!');
        return isAddress
            ? address
            : throw node!.Wrong(
                $"'{address}'", $"at most {RequestMessage.MaximumAddressOctets} printable ASCII characters without '!'");
    }
}
