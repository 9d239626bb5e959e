namespace DeviceHarness.Virtual.Control;

/// <summary>A contact in the path to a meter.</summary>
/// <param name="Relay">The meter's path.</param>
/// <param name="Source">The feed that the contact is of, which stands before the meter's own; null for the meter's own contact.</param>
internal sealed record DrivenContact(VirtualRelay Relay, string? Source) : DrivenPart
{
    /// <summary>Tells the contact where to stand.</summary>
    /// <param name="isClosed">Whether it lets the supply through.</param>
    public void Set(bool isClosed)
    {
        if (Source is null)
        {
            Relay.Set(isClosed);
        }
        else
        {
            Relay.SetInSeries(Source, isClosed);
        }
    }

    /// <inheritdoc/>
    public override void LetGo() => Set(isClosed: true);
}
