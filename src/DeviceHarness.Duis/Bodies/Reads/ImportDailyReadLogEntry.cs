namespace DeviceHarness.Duis.Bodies.Reads;

/// <summary>The readings of one day. Compares by content.</summary>
/// <remarks>Spec: MMC XML schema 5.4, ImportDailyReadLogType.</remarks>
public sealed record ImportDailyReadLogEntry
{
    /// <summary>The matrix of time-of-use registers of an electricity meter.</summary>
    public const string TimeOfUseMatrix = "TariffTOURegisterMatrixValue";

    /// <summary>When the readings were taken; null when absent.</summary>
    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>Whether the readings are a gas meter's, in cubic metres; an electricity meter's are whole Wh.</summary>
    public bool IsGas { get; init; }

    /// <summary>The import register: Wh, or cubic metres of gas; null when absent.</summary>
    public decimal? Consumption { get; init; }

    /// <summary>The import register of a secondary element in Wh; null when absent.</summary>
    public decimal? SecondaryConsumption { get; init; }

    /// <summary>The matrices of tariff registers, in the schema's order.</summary>
    public IReadOnlyList<ReadingMatrix> Matrices { get; init; } = [];

    /// <inheritdoc/>
    public bool Equals(ImportDailyReadLogEntry? other) => other is not null && Timestamp == other.Timestamp && IsGas == other.IsGas
        && Consumption == other.Consumption && SecondaryConsumption == other.SecondaryConsumption
        && Matrices.SequenceEqual(other.Matrices);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Timestamp, IsGas, Consumption, Matrices.Count);
}
