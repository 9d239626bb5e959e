using System.Text;
using DeviceHarness.Abstractions.Transports;

namespace DeviceHarness.Agent.Power;

/// <summary>One line of text from a connection.</summary>
internal static class ControlLine
{
    /// <summary>Reads up to a line end.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="maximumOctets">The most octets of the line.</param>
    /// <param name="patience">How long each piece of it may take.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The line without its end; null when it did not come, or is too long.</returns>
    /// <exception cref="Abstractions.Errors.TransportException">The connection is gone.</exception>
    public static async Task<string?> ReadAsync(
        IByteTransport connection, int maximumOctets, TimeSpan patience, CancellationToken cancellationToken)
    {
        byte[] octets = new byte[maximumOctets + 1];
        int count = 0;
        while (count < octets.Length)
        {
            TransportRead read = await connection.ReadAsync(octets.AsMemory(count), patience, cancellationToken).ConfigureAwait(false);
            if (read.TimedOut)
            {
                return null;
            }

            int end = octets.AsSpan(count, read.Count).IndexOf((byte)'\n');
            if (end >= 0)
            {
                return Encoding.UTF8.GetString(octets, 0, count + end);
            }

            count += read.Count;
        }

        return null;
    }
}
