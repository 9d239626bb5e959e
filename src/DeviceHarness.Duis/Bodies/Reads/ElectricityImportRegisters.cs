namespace DeviceHarness.Duis.Bodies.Reads;

/// <summary>The import registers of an electricity meter. Each may be absent.</summary>
/// <param name="ActiveImportRegister">Active energy imported, in Wh.</param>
/// <param name="ReactiveImportRegister">Reactive energy imported, in varh.</param>
/// <param name="SecondaryActiveImportRegister">Active energy imported by the secondary element, in Wh.</param>
public sealed record ElectricityImportRegisters(
    RegisterReading? ActiveImportRegister,
    RegisterReading? ReactiveImportRegister = null,
    RegisterReading? SecondaryActiveImportRegister = null);
