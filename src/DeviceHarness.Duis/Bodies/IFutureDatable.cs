namespace DeviceHarness.Duis.Bodies;

/// <summary>A request that may name the time at which it is to be carried out.</summary>
public interface IFutureDatable
{
    /// <summary>When it is to be carried out; null for at once.</summary>
    DateTimeOffset? ExecutionDateTime { get; }
}
