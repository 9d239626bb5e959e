using DeviceHarness.Codecs.Ezsp;

namespace DeviceHarness.Virtual.ZigBee.Radio;

/// <summary>A node that its trust centre sends network keys to.</summary>
internal interface IKeyHolder
{
    /// <summary>It gets the next network key, which holds from the switch on.</summary>
    /// <param name="key">The key.</param>
    void TakeNextNetworkKey(EzspKey key);

    /// <summary>The trust centre has everybody switch to the next network key; who has none goes on with the old.</summary>
    void SwitchNetworkKey();
}
