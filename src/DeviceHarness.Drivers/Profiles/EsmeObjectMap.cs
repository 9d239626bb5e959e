using DeviceHarness.Codecs.Dlms;

namespace DeviceHarness.Drivers.Profiles;

/// <summary>Where a register's value and its scaler and unit are.</summary>
/// <param name="Value">The attribute that holds the value.</param>
/// <param name="ScalerUnit">The attribute that holds scaler and unit.</param>
/// <param name="Unit">The unit's number in the standard that the device must give: 30 Wh, 32 varh.</param>
public sealed record CosemRegister(CosemAttributeDescriptor Value, CosemAttributeDescriptor ScalerUnit, byte Unit);

/// <summary>How the supply is switched.</summary>
/// <param name="Enable">The method that switches it on.</param>
/// <param name="EnableParameter">Its parameter, encoded as Data.</param>
/// <param name="Disable">The method that switches it off.</param>
/// <param name="DisableParameter">Its parameter, encoded as Data.</param>
public sealed record SupplySwitchMethods(
    CosemMethodDescriptor Enable, ReadOnlyMemory<byte> EnableParameter,
    CosemMethodDescriptor Disable, ReadOnlyMemory<byte> DisableParameter);

/// <summary>The objects of an electricity meter that the driver uses.</summary>
/// <param name="ActiveEnergyImport">Active energy imported.</param>
/// <param name="ReactiveEnergyImport">Reactive energy imported.</param>
/// <param name="ClockTime">The clock's time.</param>
/// <param name="SupplyState">Whether the supply is on: 0 off, 1 on, 2 armed.</param>
/// <param name="SupplySwitch">How it is switched.</param>
/// <param name="FirmwareActive">The version of the firmware that runs.</param>
public sealed record EsmeObjectMap(
    CosemRegister ActiveEnergyImport,
    CosemRegister ReactiveEnergyImport,
    CosemAttributeDescriptor ClockTime,
    CosemAttributeDescriptor SupplyState,
    SupplySwitchMethods SupplySwitch,
    CosemAttributeDescriptor FirmwareActive)
{
    /// <summary>The logs.</summary>
    public EsmeLogMap Logs { get; init; } = EsmeLogMap.None;

    /// <summary>Where the values of the reads are that have no place of their own above.</summary>
    public ReadMap Reads { get; init; } = ReadMap.None;

    /// <summary>Where the values of requests that change the model go.</summary>
    public WriteMap Writes { get; init; } = WriteMap.None;

    /// <summary>How firmware is brought to it; null when the model takes none this way.</summary>
    public ImageTransferSettings? ImageTransfer { get; init; }
}
