using DeviceHarness.Abstractions.Wire;

namespace DeviceHarness.Transports.Faulty;

/// <summary>Strikes the octets of one direction, whatever pieces they come in.</summary>
internal sealed class FaultStage(FaultPlan plan, WireDirection direction, Action<FaultRecord>? log)
{
    private long _index;
    private int _spoiled;

    /// <summary>Whether the line is gone.</summary>
    internal bool IsHungUp { get; private set; }

    /// <summary>What comes out for what goes in; nothing more after a hang-up.</summary>
    internal List<FaultPiece> Apply(ReadOnlySpan<byte> octets)
    {
        List<FaultPiece> pieces = [];
        List<byte> current = [];
        TimeSpan before = TimeSpan.Zero;
        foreach (byte octet in octets)
        {
            if (Strikes(FaultKind.HangUp))
            {
                IsHungUp = true;
                break;
            }

            TimeSpan hold = (Strikes(FaultKind.Stall) ? plan.StallTime : TimeSpan.Zero)
                + (Strikes(FaultKind.Delay) ? plan.DelayTime : TimeSpan.Zero);
            if (hold > TimeSpan.Zero)
            {
                pieces.Add(new FaultPiece(before, [.. current]));
                current.Clear();
                before = hold;
            }

            Pass(octet, current);
            _index++;
        }

        pieces.Add(new FaultPiece(before, [.. current]));
        pieces.RemoveAll(piece => piece.Octets.Length == 0 && piece.Before == TimeSpan.Zero);
        return pieces;
    }

    private void Pass(byte octet, List<byte> target)
    {
        if (Strikes(FaultKind.WrongBaud))
        {
            _spoiled = plan.WrongBaudOctets;
        }

        if (_spoiled > 0)
        {
            _spoiled--;
            octet ^= (byte)(plan.Draw(direction, FaultKind.WrongBaud, ~_index) | 1);
        }

        if (Strikes(FaultKind.Loss))
        {
            return;
        }

        if (Strikes(FaultKind.Flip))
        {
            octet ^= (byte)(1 << (int)(plan.Draw(direction, FaultKind.Flip, ~_index) % 8));
        }

        target.Add(octet);
        if (Strikes(FaultKind.Duplicate))
        {
            target.Add(octet);
        }

        if (Strikes(FaultKind.Garbage))
        {
            ulong draw = plan.Draw(direction, FaultKind.Garbage, ~_index);
            int count = 1 + (int)(draw % (ulong)plan.GarbageOctets);
            for (int index = 0; index < count; index++)
            {
                target.Add((byte)(plan.Draw(direction, FaultKind.Garbage, ~(_index + ((long)index << 40))) >> 8));
            }
        }
    }

    private bool Strikes(FaultKind kind)
    {
        bool strikes = plan.Strikes(direction, kind, _index);
        if (strikes)
        {
            log?.Invoke(new FaultRecord(direction, kind, _index));
        }

        return strikes;
    }
}

/// <summary>Octets that come out together, after a pause.</summary>
/// <param name="Before">How long the line stands still before them.</param>
/// <param name="Octets">The octets; may be none.</param>
internal readonly record struct FaultPiece(TimeSpan Before, byte[] Octets);
