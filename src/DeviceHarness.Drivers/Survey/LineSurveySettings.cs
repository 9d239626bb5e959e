using DeviceHarness.Codecs.Hdlc;
using DeviceHarness.Drivers.Profiles;
using DeviceHarness.Drivers.Security;

namespace DeviceHarness.Drivers.Survey;

/// <summary>What a survey of a line tries.</summary>
public sealed record LineSurveySettings
{
    /// <summary>The rates that are tried for HDLC, in baud: those that meters and converters have, the usual one first.</summary>
    public static IReadOnlyList<int> UsualBauds { get; } = [9600, 19_200, 38_400, 115_200, 57_600, 4800, 2400, 300];

    /// <summary>The HDLC addresses that are tried: the management logical device alone and with the physical addresses that meters have
    /// from the factory, and all stations in each length.</summary>
    public static IReadOnlyList<HdlcAddress> UsualAddresses { get; } =
    [
        HdlcAddress.Server(HdlcAddress.ManagementLogicalDevice),
        HdlcAddress.Server(HdlcAddress.AllStation),
        HdlcAddress.Server(HdlcAddress.ManagementLogicalDevice, 17),
        HdlcAddress.Server(HdlcAddress.ManagementLogicalDevice, HdlcAddress.AllStation),
        HdlcAddress.Server(HdlcAddress.ManagementLogicalDevice, 1),
        HdlcAddress.Server(HdlcAddress.ManagementLogicalDevice, 16),
        HdlcAddress.Server(HdlcAddress.ManagementLogicalDevice, 17, 4),
        HdlcAddress.Server(HdlcAddress.ManagementLogicalDevice, HdlcAddress.AllStationTwoOctets, 4),
    ];

    /// <summary>The rates tried, in baud; the first is tried before the sign-on, the others after it.</summary>
    public IReadOnlyList<int> Bauds { get; init; } = UsualBauds;

    /// <summary>The addresses tried.</summary>
    public IReadOnlyList<HdlcAddress> Addresses { get; init; } = UsualAddresses;

    /// <summary>How long an answer to SNRM may take after it has left the line; above zero.</summary>
    public TimeSpan ProbeTimeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long an answer in a dialogue may take; above zero.</summary>
    public TimeSpan ResponseTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The longest object list that is taken, in octets: that of a meter has some thousand.</summary>
    public int MaximumListOctets { get; init; } = 128 * 1024;

    /// <summary>Where the password is that is tried, once; null tries none.</summary>
    public SecretReference? Password { get; init; }

    /// <summary>The client that has the password.</summary>
    public int PasswordClient { get; init; } = HdlcAddress.ManagementClient;

    /// <summary>Keeps whether a password failed, for a device that is known by this name.</summary>
    public Func<string, IDeviceSecurityStore> Attempts { get; init; } = static _ => new MemorySecurityStore();

    /// <summary>Is told where the survey stands.</summary>
    public Action<string> Told { get; init; } = static _ => { };
}
