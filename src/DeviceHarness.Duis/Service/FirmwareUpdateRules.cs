using DeviceHarness.Duis.Bodies.Firmware;
using DeviceHarness.Duis.Catalogue;
using DeviceHarness.Duis.Inventory;

namespace DeviceHarness.Duis.Service;

/// <summary>Which SMETS1 devices take firmware by 11.1 and 11.3 or by 11.4, and which tell its version by 11.2: data with a name that
/// reports print.</summary>
public sealed record FirmwareUpdateRules
{
    private const string Activation = "11.3";
    private const string ReadVersion = "11.2";
    private const string Ppmid = "PPMID";

    /// <summary>The name of the rules.</summary>
    public required string Name { get; init; }

    /// <summary>Where the rules are written.</summary>
    public string Source { get; init; } = string.Empty;

    /// <summary>The cohorts whose PPMIDs take an image by the requests that meters take it by.</summary>
    public IReadOnlyList<Smets1Cohort> PpmidCohorts { get; init; } = [Smets1Cohort.Moc, Smets1Cohort.Foc];

    /// <summary>The cohorts whose PPMIDs take an image by 11.4, the request of their own.</summary>
    public IReadOnlyList<Smets1Cohort> PpmidRequestCohorts { get; init; } = [];

    /// <summary>Device types that take an image whatever their cohort.</summary>
    public IReadOnlyList<string> AdditionalTypes { get; init; } = [];

    /// <summary>Device types that 11.2 is not offered for.</summary>
    public IReadOnlyList<string> TypesWithoutVersion { get; init; } = [Ppmid, "HCALCS"];

    /// <summary>The rules by the names that rig files use.</summary>
    public static IReadOnlyDictionary<string, FirmwareUpdateRules> ByName =>
        new[] { Moc, Secmp0007 }.ToDictionary(rules => rules.Name, StringComparer.Ordinal);

    /// <summary>Since the MOC release: meters, and the PPMIDs of MOC and later by the same requests. No 11.4.</summary>
    /// <remarks>The DCC's delivery plan of February 2019 for the PPMIDs; SEC MP105 for 11.2, which covers ESME and GSME there.</remarks>
    public static FirmwareUpdateRules Moc { get; } = new()
    {
        Name = "moc",
        Source = "the DCC's delivery plan of February 2019, and SEC MP105",
    };

    /// <summary>With SEC modification SECMP0007: PPMIDs and IHDs of every cohort, 11.4 for PPMIDs beside 11.1 and 11.3, and 11.2 for
    /// PPMIDs.</summary>
    /// <remarks>What the modification does for SMETS1 devices is an assumption: hence a switch. Rules of a rig file's own may leave a
    /// release out.</remarks>
    public static FirmwareUpdateRules Secmp0007 { get; } = new()
    {
        Name = "secmp0007",
        Source = "SEC modification SECMP0007; what it does for SMETS1 devices is an assumption",
        PpmidRequestCohorts = Enum.GetValues<Smets1Cohort>(),
        AdditionalTypes = [Ppmid, "IHD"],
        TypesWithoutVersion = ["HCALCS"],
    };

    /// <summary>Whether a device takes an image by a request: 11.1 or 11.4.</summary>
    /// <param name="device">The device. One that is later than SMETS1 takes what the catalogue's name of the request says.</param>
    /// <param name="srv">The variant.</param>
    public bool TakesImage(InventoryDevice device, string srv)
    {
        ArgumentNullException.ThrowIfNull(device);
        return srv == UpdatePpmidFirmware.Variant
            ? device.DeviceType == Ppmid && (!device.Smets1 || PpmidRequestCohorts.Contains(device.Cohort))
            : TakesImage(device);
    }

    /// <summary>Whether a device takes an image by the requests that meters take it by.</summary>
    public bool TakesImage(InventoryDevice device)
    {
        ArgumentNullException.ThrowIfNull(device);
        return (SrvCatalogue.TryFind(Activation, out SrvEntry? entry) && entry.DeviceTypes.Contains(device.DeviceType))
            || (device.Smets1 && AdditionalTypes.Contains(device.DeviceType))
            || (device.Smets1 && device.DeviceType == Ppmid && PpmidCohorts.Contains(device.Cohort));
    }

    /// <summary>Whether a device's type has a request; what these rules say nothing of, the catalogue says.</summary>
    public bool Offers(SrvEntry entry, InventoryDevice device)
    {
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentNullException.ThrowIfNull(device);
        return entry.Srv switch
        {
            Activation => TakesImage(device),
            ReadVersion when device.Smets1 && TypesWithoutVersion.Contains(device.DeviceType) => false,
            _ => entry.DeviceTypes.Contains(device.DeviceType),
        };
    }

    /// <summary>What a report says of devices that can be suspended and that 11.2 does not help; null when there is none.</summary>
    /// <param name="deviceTypes">The types of the devices of a cycle.</param>
    public string? NoteOn(IEnumerable<string> deviceTypes)
    {
        string[] types = [.. deviceTypes.Where(TypesWithoutVersion.Contains).Distinct().Order(StringComparer.Ordinal)];
        return types.Length == 0
            ? null
            : $"11.2 is not offered for {string.Join(" and ", types)}: a suspension of such a device is not ended by reading its version";
    }
}
