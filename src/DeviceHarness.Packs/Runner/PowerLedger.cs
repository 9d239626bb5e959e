namespace DeviceHarness.Packs.Runner;

/// <summary>Which devices an attempt has left without supply: the runner gives it back before it cleans up.</summary>
public sealed class PowerLedger
{
    private readonly List<string> _off = [];

    /// <summary>The roles of the devices whose supply was switched off and not on again.</summary>
    public IReadOnlyList<string> Off => _off;

    /// <summary>Notes that a supply is about to be switched off.</summary>
    /// <param name="role">The role of the device.</param>
    public void NoteOff(string role)
    {
        if (!_off.Contains(role))
        {
            _off.Add(role);
        }
    }

    /// <summary>Notes that a supply was switched on.</summary>
    /// <param name="role">The role of the device.</param>
    public void NoteOn(string role) => _off.Remove(role);
}
