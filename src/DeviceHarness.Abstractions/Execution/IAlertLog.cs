using DeviceHarness.Abstractions.Devices;

namespace DeviceHarness.Abstractions.Execution;

/// <summary>What the devices of a bench told unasked. Safe for use from any thread.</summary>
/// <remarks>Each alert is given to one attempt: to one that runs when it comes, or else to the next one on its device.</remarks>
public interface IAlertLog
{
    /// <summary>How many alerts came so far; it only rises.</summary>
    long Count { get; }

    /// <summary>Takes out the alerts of some devices that no attempt was given yet.</summary>
    /// <param name="devices">The devices of an attempt.</param>
    /// <returns>The alerts in the order in which they came.</returns>
    IReadOnlyList<BenchAlert> TakeFor(IReadOnlyCollection<DeviceId> devices);

    /// <summary>Waits until more alerts came than some number.</summary>
    /// <param name="count">A value that <see cref="Count"/> had.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task WaitAsync(long count, CancellationToken cancellationToken);

    /// <summary>Asks a device for a sign of life, so that an alert that is missing can be told from a lost link.</summary>
    /// <param name="device">The device.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether anything answered; null when nobody can ask this device.</returns>
    /// <exception cref="Errors.TransportException">The port is missing, busy or gone.</exception>
    Task<bool?> ProbeAsync(DeviceId device, CancellationToken cancellationToken);
}
