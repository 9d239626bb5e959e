using System.Diagnostics.CodeAnalysis;

namespace DeviceHarness.Abstractions.Devices;

/// <summary>A driver whose device tells things unasked.</summary>
/// <remarks>One dialogue at a time, requests included: the caller holds the device exclusively.</remarks>
public interface INotifyingDevice
{
    /// <summary>Takes in what the device sends while no request is under way; nothing is sent.</summary>
    /// <param name="wait">How long to wait for the first octet; zero only takes what is there.</param>
    /// <param name="cancellationToken">Ends the wait; no octet is lost by it.</param>
    /// <exception cref="Errors.TransportException">The port is gone.</exception>
    ValueTask ListenAsync(TimeSpan wait, CancellationToken cancellationToken);

    /// <summary>Takes out the oldest of what the device told, during requests or between them.</summary>
    /// <param name="notification">What it told.</param>
    /// <returns>Whether there was anything.</returns>
    bool TryTakeNotification([NotNullWhen(true)] out DeviceNotification? notification);

    /// <summary>Asks for a sign of life, so that a silent device can be told from a lost link. What was open is brought up anew.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether anything answered.</returns>
    /// <exception cref="Errors.TransportException">The port is gone.</exception>
    ValueTask<bool> ProbeAsync(CancellationToken cancellationToken);
}
