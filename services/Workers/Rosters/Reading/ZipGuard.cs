using System.Buffers;
using System.IO.Compression;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Workers.Rosters.Reading;

/// <summary>
/// Looks for a bomb in a workbook before a parser opens it: the sizes that it declares are not believed, each part is inflated into
/// nothing and counted. Rosters inflate to 10 to 40 times their size.
/// </summary>
internal static class ZipGuard
{
    private const long Megabyte = 1024 * 1024;
    private const int LargestRatio = 100;

    /// <summary>Most parts that a workbook may have.</summary>
    public const int MostEntries = 2_000;

    /// <exception cref="ProblemException">Damaged, no workbook, or too large when inflated.</exception>
    public static void Check(byte[] content)
    {
        var most = Math.Clamp(content.Length * (long)LargestRatio, 200 * Megabyte, 1_500 * Megabyte);
        var buffer = ArrayPool<byte>.Shared.Rent(81_920);
        try
        {
            using var archive = new ZipArchive(new MemoryStream(content, writable: false), ZipArchiveMode.Read);
            if (archive.Entries.Count > MostEntries || archive.Entries.Sum(entry => Math.Min(entry.Length, most + 1)) > most)
            {
                throw new ProblemException(RosterProblems.TooLargeInside());
            }

            if (archive.Entries.All(entry => entry.FullName is not "xl/workbook.xml"))
            {
                throw new ProblemException(RosterProblems.NoWorkbook());
            }

            var inflated = 0L;
            foreach (var entry in archive.Entries)
            {
                using var part = entry.Open();
                for (var read = part.Read(buffer); read > 0; read = part.Read(buffer))
                {
                    inflated += read;
                    if (inflated > most)
                    {
                        throw new ProblemException(RosterProblems.TooLargeInside());
                    }
                }
            }
        }
        catch (InvalidDataException)
        {
            throw new ProblemException(RosterProblems.Damaged());
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
