namespace DeviceHarness.Virtual.Esme;

/// <summary>The total energy registers of a meter.</summary>
/// <param name="ActiveImportWh">Active energy import, in Wh.</param>
/// <param name="ActiveExportWh">Active energy export, in Wh.</param>
/// <param name="ReactiveImportVarh">Reactive energy import, in varh.</param>
/// <param name="ReactiveExportVarh">Reactive energy export, in varh.</param>
public readonly record struct EnergyTotals(uint ActiveImportWh, uint ActiveExportWh, uint ReactiveImportVarh, uint ReactiveExportVarh)
{
    /// <summary>What was counted since an earlier reading; a register that rolled over counts on.</summary>
    /// <param name="earlier">The earlier reading.</param>
    public EnergyTotals Since(in EnergyTotals earlier) => unchecked(new(
        ActiveImportWh - earlier.ActiveImportWh, ActiveExportWh - earlier.ActiveExportWh,
        ReactiveImportVarh - earlier.ReactiveImportVarh, ReactiveExportVarh - earlier.ReactiveExportVarh));
}
