namespace DeviceHarness.Duis.Bodies.Reads;

/// <summary>The answer to SRV 4.1.1: electricity or gas, never both; neither when the device refused.</summary>
/// <remarks>Spec: MMC XML schema 5.4, ReadInstantaneousImportRegistersRsp.</remarks>
public sealed record ReadInstantaneousImportRegistersRsp : SrvResponseBody
{
    /// <summary>The unit of active energy.</summary>
    public const string ActiveUnit = "Wh";

    /// <summary>The unit of reactive energy.</summary>
    public const string ReactiveUnit = "varh";

    /// <summary>The unit of gas volume.</summary>
    public const string VolumeUnit = "m3";

    /// <summary>The registers of an electricity meter; null when there are none.</summary>
    public ElectricityImportRegisters? Electricity { get; init; }

    /// <summary>The register of a gas meter; null when there is none.</summary>
    public GasConsumptionRegister? Gas { get; init; }

    /// <inheritdoc/>
    public override string ElementName => "ReadInstantaneousImportRegistersRsp";

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Values
    {
        get
        {
            BodyValues values = BodyValues.Of(this);
            AddRegister(values, "ActiveImportRegister", Electricity?.ActiveImportRegister, "ActiveEnergyUnit", ActiveUnit);
            AddRegister(values, "ReactiveImportRegister", Electricity?.ReactiveImportRegister, "ReactiveEnergyUnit", ReactiveUnit);
            AddRegister(
                values, "SecondaryActiveImportRegister", Electricity?.SecondaryActiveImportRegister, "ActiveEnergyUnit", ActiveUnit);
            values.Add("Gas.ConsumptionRegister.Value", Gas?.Value);
            return values.Add("Gas.ConsumptionRegister.Unit", Gas?.Value is null ? null : VolumeUnit).Entries;
        }
    }

    private static void AddRegister(BodyValues values, string name, RegisterReading? reading, string unitElement, string unit) =>
        values
            .Add($"Electricity.{name}.Value", reading?.Value)
            .Add($"Electricity.{name}.{unitElement}", reading is null ? null : unit);
}
