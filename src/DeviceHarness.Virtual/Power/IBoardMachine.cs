namespace DeviceHarness.Virtual.Power;

/// <summary>What a relay board makes of octets. Pure but for the coils that it moves; one caller at a time.</summary>
internal interface IBoardMachine
{
    /// <summary>Takes what came without a silence in it.</summary>
    /// <param name="octets">The octets.</param>
    /// <param name="now">Now.</param>
    /// <returns>What the board answers; empty for nothing.</returns>
    byte[] Receive(ReadOnlySpan<byte> octets, TimeSpan now);

    /// <summary>The line was silent for so long that what came before is over.</summary>
    /// <param name="now">Now.</param>
    /// <returns>What the board answers; empty for nothing.</returns>
    byte[] EndOfFrame(TimeSpan now);

    /// <summary>Forgets what is half received.</summary>
    void Reset();
}
