# What README.md shows of the module is what it does.
BeforeAll { . (Join-Path $PSScriptRoot common.ps1) }

Describe 'README.md' {
    It 'shows what its pipeline prints' {
        $part = (Get-Content -Raw (Join-Path $Root README.md)) -replace '(?s)^.*?\n## In PowerShell\n|\n## .*$'
        $pairs = [regex]::Matches($part, '(?s)```powershell\n(?<code>(?:(?!```).)*)```\s+```\n(?<output>(?:(?!```).)*)```')
        $pairs.Count | Should -Be 2
        $database = Join-Path $TestDrive readme.db
        Import-HookEvent (Join-Path $Root samples hook-events.jsonl) -Database $database -Quiet
        $env:PATTERN_ANALYSIS_DATABASE = $database
        try {
            foreach ($pair in $pairs) {
                # One after the other, as they are typed.
                $printed = [scriptblock]::Create($pair.Groups['code'].Value).Ast.EndBlock.Statements |
                    ForEach-Object { & ([scriptblock]::Create($_.Extent.Text)) | Out-String -Width 200 }
                $lines = { param ($text) ($text -join "`n" -split '\r?\n').TrimEnd() | Where-Object { $_ } }
                & $lines $printed | Should -Be (& $lines $pair.Groups['output'].Value)
            }
        } finally {
            $env:PATTERN_ANALYSIS_DATABASE = $null
        }
    }
}
