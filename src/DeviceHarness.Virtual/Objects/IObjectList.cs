using DeviceHarness.Codecs.Cosem;

namespace DeviceHarness.Virtual.Objects;

/// <summary>The objects of a logical device.</summary>
internal interface IObjectList
{
    /// <summary>Finds an object.</summary>
    /// <param name="logicalName">Its logical name.</param>
    /// <returns>The object; null when the device has none of that name.</returns>
    CosemObject? Find(ObisCode logicalName);
}
