namespace DeviceHarness.Drivers.Security;

/// <summary>What an association draws anew, where it is not left to chance: for recordings that are replayed.</summary>
public interface IAssociationDraws
{
    /// <summary>An association begins: what is drawn from now on is for it.</summary>
    /// <returns>Where its invocation counter stands at least; 0 leaves it where it is.</returns>
    uint Begin();

    /// <summary>The invoke id of the first request of the association that began last; null when it follows the one before it.</summary>
    int? FirstInvokeId { get; }

    /// <summary>Gives octets in place of random ones: those of a dedicated key, if there is one, then those of the challenge.</summary>
    /// <param name="octets">To be filled whole.</param>
    void Fill(Span<byte> octets);

    /// <summary>The time that a clock was set to where now another one was worked out.</summary>
    /// <param name="time">The time that was worked out, UTC.</param>
    /// <returns>The recorded one; null when there is none, or when it is another altogether.</returns>
    DateTimeOffset? TimeToSet(DateTimeOffset time);
}
