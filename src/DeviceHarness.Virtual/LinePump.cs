using DeviceHarness.Abstractions.Transports;
using DeviceHarness.Virtual.Esme;

namespace DeviceHarness.Virtual;

/// <summary>Puts a virtual device on a line.</summary>
internal static class LinePump
{
    private const int ReadOctets = 4096;

    /// <summary>Serves a line until it is told to stop; a connection only until the device ends it.</summary>
    internal static async Task RunAsync(ILineDevice device, VirtualLine line, CancellationToken cancellationToken)
    {
        byte[] input = new byte[ReadOctets];
        bool isBaudWrong = false;
        device.ResetLink();
        LineSetting? set = Follow(device, line, null);

        while (true)
        {
            TimeSpan wait = device.TimeToNextStep;
            TransportRead read = wait == TimeSpan.Zero
                ? default
                : await line.Transport.ReadAsync(input, wait, cancellationToken).ConfigureAwait(false);
            if (!read.TimedOut && IsAtWrongBaud(device, line, ref isBaudWrong))
            {
                continue;
            }

            ReadOnlyMemory<byte> output = device.Step(input.AsSpan(0, read.Count));
            if (!output.IsEmpty)
            {
                await line.Transport.WriteAsync(output, cancellationToken).ConfigureAwait(false);
            }

            set = Follow(device, line, set);
            if (line.IsConnection && device.IsConnectionOver)
            {
                return;
            }
        }
    }

    /// <summary>How long a device on a clock of its own waits at most before it looks what time it is, where something falls due.</summary>
    internal static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(20);

    /// <summary>How long until a moment; infinite when there is none.</summary>
    /// <param name="due">The moment, as time since the device's process started.</param>
    /// <param name="now">The same of now.</param>
    internal static TimeSpan TimeTo(TimeSpan? due, TimeSpan now) =>
        due is not TimeSpan next ? Timeout.InfiniteTimeSpan
        : next <= now ? TimeSpan.Zero
        : next - now;

    /// <summary>How long a device on two clocks waits at most: its own, and its link's.</summary>
    /// <param name="due">When something falls due inside; null when nothing does.</param>
    /// <param name="now">Now, by the device's own clock.</param>
    /// <param name="linkDue">When something falls due on the link; null when nothing does.</param>
    /// <param name="linkNow">Now, by the link's clock.</param>
    /// <param name="isApart">Whether they are two: then nobody knows how fast the device's own runs.</param>
    internal static TimeSpan TimeTo(TimeSpan? due, TimeSpan now, TimeSpan? linkDue, TimeSpan linkNow, bool isApart)
    {
        TimeSpan inside = TimeTo(due, now);
        bool isFar = inside == Timeout.InfiniteTimeSpan || inside > LookInterval;
        TimeSpan own = isApart && isFar && due is not null ? LookInterval : inside;
        TimeSpan link = TimeTo(linkDue, linkNow);
        return own == Timeout.InfiniteTimeSpan || (link != Timeout.InfiniteTimeSpan && link < own) ? link : own;
    }

    /// <summary>Sets the line to what the station listens at; a line without a rate, or already set so, is left alone.</summary>
    private static LineSetting? Follow(ILineDevice device, VirtualLine line, LineSetting? set)
    {
        LineSetting? wanted = device.Line;
        if (wanted is { } setting && wanted != set)
        {
            _ = line.Transport.TryChangeLine(setting);
        }

        return wanted;
    }

    private static bool IsAtWrongBaud(ILineDevice device, VirtualLine line, ref bool wasWrong)
    {
        if (line.Baud == 0 || line.ReadClientBaud is null)
        {
            return false;
        }

        int clientBaud = line.ReadClientBaud();
        bool isWrong = clientBaud != (device.Line?.Baud ?? line.Baud);
        if (isWrong && !wasWrong)
        {
            line.WrongBaudSeen?.Invoke(clientBaud);
        }

        wasWrong = isWrong;
        return isWrong;
    }
}
