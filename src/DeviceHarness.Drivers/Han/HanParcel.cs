using DeviceHarness.Drivers.ZigBeeAdapter;

namespace DeviceHarness.Drivers.Han;

/// <summary>A message on its way to one node.</summary>
internal sealed class HanParcel
{
    private readonly TaskCompletionSource<ZigBeeDelivery> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The node.</summary>
    internal required ulong Eui64 { get; init; }

    /// <summary>The message; its short address is filled in when it leaves.</summary>
    internal ZigBeeMessage? Message { get; init; }

    /// <summary>Has the adapter send what is no message, such as a key, to a short address; null for the message.</summary>
    internal Func<ushort, CancellationToken, Task>? Order { get; init; }

    /// <summary>What it is, for a fault: the request and the device.</summary>
    internal required string What { get; init; }

    /// <summary>Whether a sleeping device that did not acknowledge it may be sent it again at its next wake.</summary>
    internal required bool IsRepeatable { get; init; }

    /// <summary>How often the device wakes, if it sleeps; null for the network's setting.</summary>
    internal TimeSpan? WakeInterval { get; init; }

    /// <summary>Whether its sender no longer waits for another attempt.</summary>
    internal bool IsLastAttempt { get; set; }

    /// <summary>What became of it.</summary>
    internal Task<ZigBeeDelivery> End => _end.Task;

    internal void Ended(ZigBeeDelivery delivery) => _end.TrySetResult(delivery);

    internal void Failed(Exception reason) => _end.TrySetException(reason);
}
