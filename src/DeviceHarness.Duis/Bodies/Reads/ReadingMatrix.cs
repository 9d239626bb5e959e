namespace DeviceHarness.Duis.Bodies.Reads;

/// <summary>The values of one matrix of registers. Compares by content.</summary>
/// <param name="Name">The schema's element, such as <c>TariffTOURegisterMatrixValue</c>.</param>
/// <param name="Values">Its values, in order; at least one.</param>
public sealed record ReadingMatrix(string Name, IReadOnlyList<IndexedReading> Values)
{
    /// <inheritdoc/>
    public bool Equals(ReadingMatrix? other) => other is not null && Name == other.Name && Values.SequenceEqual(other.Values);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Values.Count);
}
