using System.Security.Cryptography;
using System.Text;

namespace DeviceHarness.Assurance.Cycles;

/// <summary>Which Device Model Combination a device set is: the models in it with the firmware that each runs. Another version of any of
/// them is another combination, whatever name a person gives it.</summary>
/// <remarks>Spec: project guide to the DMCT process, section 13. The communications service provider, which belongs to a combination too,
/// is not known to the harness: a local route has none.</remarks>
public sealed record CombinationIdentity
{
    private const int HexDigits = 12;

    private CombinationIdentity(IReadOnlyList<string> models)
    {
        Models = models;
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', models)));
        Id = Convert.ToHexStringLower(hash)[..HexDigits];
    }

    /// <summary>Twelve hexadecimal digits that stand for <see cref="Models"/>.</summary>
    public string Id { get; }

    /// <summary>Each model once, in order, such as <c>ESME generic-smets1-esme 4.2.0</c>.</summary>
    public IReadOnlyList<string> Models { get; }

    /// <summary>The combination of a device set; how many devices of a model there are makes no difference.</summary>
    public static CombinationIdentity Of(IEnumerable<DeviceBaseline> devices) => new(
        [
            .. devices.Select(device =>
                    $"{device.Device.DeviceType} {device.Device.Profile} {Version(device.Inventory.FirmwareVersion)}")
                .Distinct().Order(StringComparer.Ordinal),
        ]);

    /// <summary>Such as <c>1f0e2d3c4b5a: ESME generic-smets1-esme 4.2.0</c>.</summary>
    public override string ToString() => $"{Id}: {string.Join(", ", Models)}";

    private static string Version(string version) => version.Length == 0 ? "of unknown firmware" : version;
}
