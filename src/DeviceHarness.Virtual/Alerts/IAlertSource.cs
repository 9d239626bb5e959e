namespace DeviceHarness.Virtual.Alerts;

/// <summary>Where whoever pushes finds the alerts of a meter: it encodes and sends them, this knows no octet.</summary>
public interface IAlertSource
{
    /// <summary>How many alerts wait.</summary>
    int Count { get; }

    /// <summary>Takes the oldest alert that waits.</summary>
    /// <param name="alert">The alert.</param>
    /// <returns>Whether there was one.</returns>
    bool TryTake(out DeviceAlert alert);
}
