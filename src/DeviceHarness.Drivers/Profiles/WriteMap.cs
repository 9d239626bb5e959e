namespace DeviceHarness.Drivers.Profiles;

/// <summary>Where a model takes what the requests that change it bring: by variant, then by value.</summary>
/// <param name="Variants">The values that the model takes. A variant that is not here is one that the model does not serve.</param>
public sealed record WriteMap(IReadOnlyDictionary<string, IReadOnlyDictionary<string, WriteObject>> Variants)
{
    /// <summary>A model that names nothing.</summary>
    public static WriteMap None { get; } = new(new Dictionary<string, IReadOnlyDictionary<string, WriteObject>>());
}
