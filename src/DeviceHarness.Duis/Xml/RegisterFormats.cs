using System.Xml.Linq;
using DeviceHarness.Duis.Bodies.Reads;

namespace DeviceHarness.Duis.Xml;

/// <summary>The formats of reads of registers and limits: 4.2, 4.15, 4.16.</summary>
internal static class RegisterFormats
{
    private const string ActiveUnit = "Wh";
    private const string ReactiveUnit = "varh";

    /// <summary>The formats.</summary>
    public static IReadOnlyList<BodyFormat> All { get; } =
    [
        BodyFormat.Of<ReadInstantaneousExportRegisters, ReadInstantaneousExportRegistersRsp>(
            "4.2",
            element => new ReadInstantaneousExportRegisters(BodyFormats.ExecutionDateTime(element)),
            BodyFormats.ExecutionDateTime,
            element => new ReadInstantaneousExportRegistersRsp
            {
                ActiveExportRegister = element.OptionalGroup("ActiveExportRegister", Energy("ActiveEnergyUnit", ActiveUnit)),
                ReactiveExportRegister = element.OptionalGroup("ReactiveExportRegister", Energy("ReactiveEnergyUnit", ReactiveUnit)),
            },
            body => OptionalValues.Present(
                Register("ActiveExportRegister", body.ActiveExportRegister, "ActiveEnergyUnit", ActiveUnit),
                Register("ReactiveExportRegister", body.ReactiveExportRegister, "ReactiveEnergyUnit", ReactiveUnit))),
        BodyFormat.Of<ReadLoadLimitData, ReadLoadLimitDataRsp>(
            "4.15",
            element => new ReadLoadLimitData(BodyFormats.ExecutionDateTime(element)),
            BodyFormats.ExecutionDateTime,
            element => new ReadLoadLimitDataRsp
            {
                LoadLimitCounterValue = element.OptionalInteger("LoadLimitCounterValue"),
                LoadLimitPowerThreshold = element.OptionalInteger("LoadLimitPowerThreshold"),
                LoadLimitPeriod = element.OptionalInteger("LoadLimitPeriod", min: 0),
                LoadLimitRestorationPeriod = element.OptionalInteger("LoadLimitRestorationPeriod", min: 0),
                LoadLimitSupplyState = element.OptionalWord<LoadLimitSupplyState>("LoadLimitSupplyState"),
            },
            body => OptionalValues.Present(
                OptionalValues.Number("LoadLimitCounterValue", body.LoadLimitCounterValue),
                OptionalValues.Number("LoadLimitPowerThreshold", body.LoadLimitPowerThreshold),
                OptionalValues.Number("LoadLimitPeriod", body.LoadLimitPeriod),
                OptionalValues.Number("LoadLimitRestorationPeriod", body.LoadLimitRestorationPeriod),
                OptionalValues.Text("LoadLimitSupplyState", body.LoadLimitSupplyState?.ToString()))),
        BodyFormat.Of<ReadActivePowerImport, ReadActivePowerImportRsp>(
            "4.16",
            _ => new ReadActivePowerImport(),
            _ => [],
            element => new ReadActivePowerImportRsp
            {
                ActivePowerImport = element.OptionalGroup("ActivePowerImport", power => Value(power, "Unit")),
                PrimaryActivePowerImportValue = element.OptionalInteger("PrimaryActivePowerImportValue"),
            },
            body => OptionalValues.Present(
                body.ActivePowerImport is null ? null : OptionalValues.Group(
                    "ActivePowerImport",
                    OptionalValues.Number("Value", body.ActivePowerImport),
                    OptionalValues.Text("Unit", ReadActivePowerImportRsp.PowerUnit)),
                OptionalValues.Number("PrimaryActivePowerImportValue", body.PrimaryActivePowerImportValue))),
    ];

    /// <summary>Reads a value whose unit is any text.</summary>
    public static long? Value(ElementReader parent, string unitElement)
    {
        long? value = parent.OptionalInteger("Value");
        _ = parent.OptionalText(unitElement, int.MaxValue);
        return value;
    }

    private static Func<ElementReader, RegisterReading?> Energy(string unitElement, string unit) => register =>
    {
        long? value = register.OptionalInteger("Value");
        if (register.TryTake(DuisNames.Ra, unitElement, out ElementReader? found) && found.Only().Token() != unit)
        {
            throw found.Fault($"found '{ElementValues.Quoted(found.Token())}'; allowed: {unit}");
        }

        return value is { } known ? new RegisterReading(known) : null;
    };

    private static XElement? Register(string name, RegisterReading? reading, string unitElement, string unit) =>
        reading is not { } known
            ? null
            : OptionalValues.Group(name, OptionalValues.Number("Value", known.Value), OptionalValues.Text(unitElement, unit));
}
