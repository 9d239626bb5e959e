namespace DeviceHarness.Abstractions.Power;

/// <summary>A contact of the bench that was moved in the place of a hand.</summary>
/// <param name="Contact">What it moves, such as <c>the button 'boost-1' of esme-01</c>.</param>
/// <param name="By">What moved it, as the rig file says: <c>gpio</c> or <c>virtual</c>.</param>
/// <param name="IsActive">Whether the cover is off, or the button pressed, from then on.</param>
/// <param name="Seen">The change that a line at the contact itself saw; null when no line looks at it, and when it stood there already as
/// it was let go.</param>
public sealed record ContactMove(string Contact, string By, bool IsActive, ContactEdge? Seen);
