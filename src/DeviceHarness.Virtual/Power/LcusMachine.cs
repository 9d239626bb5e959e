namespace DeviceHarness.Virtual.Power;

/// <summary>The four octets of the LCUS boards.</summary>
/// <remarks>
/// From sellers' descriptions of the LCUS-1 to LCUS-8 modules; there is no other.
/// <code>
/// A0 | channel 1 | state 1 (01 driven, 00 not) | sum of the three, modulo 256
/// </code>
/// Nothing is answered. What is damaged, or for a channel that is not there, is passed over.
/// </remarks>
/// <param name="coils">The coils.</param>
internal sealed class LcusMachine(CoilBank coils) : IBoardMachine
{
    private const byte Start = 0xA0;
    private const byte Driven = 0x01;
    private const int CommandOctets = 4;

    private readonly Queue<byte> _command = new(CommandOctets);

    /// <inheritdoc/>
    public byte[] Receive(ReadOnlySpan<byte> octets, TimeSpan now)
    {
        foreach (byte octet in octets)
        {
            _command.Enqueue(octet);
            byte[] command = [.. _command];
            if (command.Length == CommandOctets && TryDo(command, now))
            {
                _command.Clear();
            }
            else if (command.Length == CommandOctets)
            {
                _ = _command.Dequeue();
            }
        }

        return [];
    }

    /// <inheritdoc/>
    public byte[] EndOfFrame(TimeSpan now)
    {
        Reset();
        return [];
    }

    /// <inheritdoc/>
    public void Reset() => _command.Clear();

    private bool TryDo(byte[] command, TimeSpan now)
    {
        (byte channel, byte state) = (command[1], command[2]);
        bool isCommand = command[0] == Start && state <= Driven && command[3] == (byte)(Start + channel + state);
        if (isCommand && channel >= 1 && channel <= coils.Count)
        {
            coils.Set(channel - 1, state == Driven, now);
        }

        return isCommand;
    }
}
