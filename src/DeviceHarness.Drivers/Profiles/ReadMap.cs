namespace DeviceHarness.Drivers.Profiles;

/// <summary>Where a model keeps what the reads of the catalogue ask for: by variant, then by the answer's element.</summary>
/// <param name="Variants">The values that the model has. A variant that is not here is one that the model does not serve.</param>
public sealed record ReadMap(IReadOnlyDictionary<string, IReadOnlyDictionary<string, ReadObject>> Variants)
{
    /// <summary>A model that names nothing.</summary>
    public static ReadMap None { get; } = new(new Dictionary<string, IReadOnlyDictionary<string, ReadObject>>());
}
