using System.Globalization;
using System.Text;
using DeviceHarness.Codecs.Cosem;
using DeviceHarness.Virtual.Application;
using DeviceHarness.Virtual.Esme;

namespace DeviceHarness.Virtual.Objects;

/// <summary>The COSEM objects of a SMETS1-like ESME, in code: each group in a class of its own.</summary>
/// <remarks>Spec: IEC 62056-6-1 (logical names) and IEC 62056-6-2 (classes), as the domain guide gives them.</remarks>
public sealed class EsmeObjects : IObjectList
{
    private const int LogicalDeviceSap = 1;
    private const int VersionOctets = 4;

    private readonly CosemObject[] _all = [];
    private readonly Dictionary<ObisCode, CosemObject> _byName;

    /// <summary>Creates the objects of a meter.</summary>
    /// <param name="meter">The inside that they show.</param>
    /// <param name="current">The association of the moment.</param>
    public EsmeObjects(EsmeState meter, ApplicationAssociation current)
    {
        EsmeModel model = meter.Model;
        ObisCode supply = Name("0-0:96.3.10.255");
        ObisCode activeImport = Name("1-0:1.8.0.255");
        ObisCode eventCode = Name("0-0:96.11.0.255");
        ObjectComposer composer = new(meter);
        _all =
        [
            new CosemData(Name("0-0:42.0.0.255"), () => Encoding.ASCII.GetBytes(model.LogicalDeviceName)),
            new SapAssignment(Name("0-0:41.0.0.255"), LogicalDeviceSap, model.LogicalDeviceName),
            new CosemAssociation(Name("0-0:40.0.0.255"), null, LogicalDeviceSap, current, () => _all),
            .. model.Clients.Select((client, index) => new CosemAssociation(
                new ObisCode(0, 0, 40, 0, (byte)(index + 1), 255), client, LogicalDeviceSap, current, () => _all)),
            new CosemData(Name("0-0:96.1.0.255"), () => Encoding.ASCII.GetBytes(model.SerialNumber)),
            new CosemData(Name("1-0:0.2.0.255"), () => Encoding.ASCII.GetBytes(meter.ReportedFirmwareVersion)),
            new CosemData(Name("0-0:0.2.1.255"), () => EncodeVersion(meter.ReportedFirmwareVersion)),
            new HdlcSetup(Name("0-0:22.0.0.255"), model.Link),
            new CosemClock(Name("0-0:1.0.0.255"), meter),
            new EnergyRegister(activeImport, CosemUnit.WattHour, meter, totals => totals.ActiveImportWh),
            new EnergyRegister(Name("1-0:2.8.0.255"), CosemUnit.WattHour, meter, totals => totals.ActiveExportWh),
            new EnergyRegister(Name("1-0:3.8.0.255"), CosemUnit.VarHour, meter, totals => totals.ReactiveImportVarh),
            new EnergyRegister(Name("1-0:4.8.0.255"), CosemUnit.VarHour, meter, totals => totals.ReactiveExportVarh),
            new PowerRegister(Name("1-0:1.7.0.255"), meter),
            new VoltageRegister(Name("1-0:32.7.0.255"), meter),
            new DisconnectControl(supply, meter),
            new SupplyScriptTable(Name("0-0:10.0.106.255"), supply, meter),
            new DailyReadProfile(Name("0-0:98.1.9.255"), meter, activeImport),
            new EventLogProfile<EsmeState>(Name("0-0:99.98.0.255"), meter, eventCode, () => meter.Logs.Events, meter.ClearEventLog),
            new EventLogProfile<EsmeState>(Name("0-0:99.98.1.255"), meter, eventCode, () => meter.Logs.Security, clear: null),
            new EventLogProfile<EsmeState>(Name("0-0:99.98.4.255"), meter, eventCode, () => meter.Logs.Power, clear: null),
            new LastEventCode(eventCode, meter),
            new CosemImageTransfer(Name("0-0:44.0.0.255"), meter.Image),
            .. SecurityObjects.Compose(composer, current),
            .. ConfigurationObjects.Compose(composer),
            .. TariffObjects.Compose(composer),
            .. AccountObjects.Compose(composer),
            .. ChargeObjects.Compose(composer),
            .. LimiterObjects.Compose(composer),
            .. LogObjects.Compose(composer),
            .. AuxiliaryObjects.Compose(composer),
        ];
        _byName = _all.ToDictionary(item => item.LogicalName);
    }

    /// <summary>All objects, in the order of the object list.</summary>
    public IReadOnlyList<CosemObject> All => _all;

    /// <summary>Finds an object.</summary>
    /// <param name="logicalName">Its logical name.</param>
    /// <returns>The object; null when the meter has none of that name.</returns>
    public CosemObject? Find(ObisCode logicalName) => _byName.GetValueOrDefault(logicalName);

    private static ObisCode Name(string text) => ObisCode.Parse(text);

    // An image may bring a version of any form; one that is no row of up to four numbers reads as zeros.
    private static byte[] EncodeVersion(string version)
    {
        byte[] octets = new byte[VersionOctets];
        string[] parts = version.Split('.');
        for (int index = 0; index < parts.Length; index++)
        {
            if (index == VersionOctets
                || !byte.TryParse(parts[index], NumberStyles.None, CultureInfo.InvariantCulture, out octets[index]))
            {
                return new byte[VersionOctets];
            }
        }

        return octets;
    }
}
